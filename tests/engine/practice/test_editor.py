"""What VS Code is told: its settings, what it discovers, and the report of each selected item.

With VSCODE_PYTHON_FILES set to the folder python_files of a copy of microsoft/vscode-python, the
tests run with that adapter itself in place of ours.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.engine.clones import ROOT

ADAPTER = Path(__file__).with_name("editor_adapter.py")
REAL = os.environ.get("VSCODE_PYTHON_FILES")

SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text())

DISCOVERED = """\
folder little
  folder exercises
    folder more
      file fivefold.py
        function multiplies
          test [cpu] 9
          test [sim] 9
    folder times
      file double.py
        function multiplies
          test [cpu] 1
          test [sim] 1
      file triple.py
        function multiplies
          test [cpu] 9
          test [sim] 9
"""


@pytest.fixture
def editor(little):
    """Runs pytest as the editor does; gives the output and the messages that were posted."""
    shutil.copy(ADAPTER, little.root)

    def run(*arguments):
        pipe = little.root / "pipe"
        pipe.unlink(missing_ok=True)
        plugin, options = "editor_adapter", {}
        if REAL is not None:
            plugin, options = "vscode_pytest", {"PYTHONPATH": REAL}
        given = ("-p", plugin, f"--rootdir={little.root}", "--device", "cpu,sim", *arguments)
        output = little.pytest(*given, TEST_RUN_PIPE=str(pipe), **options).stdout
        return output, list(messages(pipe.read_bytes()))

    return run


def messages(raw):
    while raw:
        head, _, rest = raw.partition(b"\r\n\r\n")
        length = int(head.split(b"\r\n")[0].removeprefix(b"content-length: "))
        yield json.loads(rest[:length])["params"]
        raw = rest[length:]


def drawn(node, indent=""):
    """A discovered tree, in the order of names."""
    words = [node["type_"], node["name"], node.get("lineno", "")]
    yield indent + " ".join(each for each in words if each) + "\n"
    for child in sorted(node.get("children", []), key=lambda each: each["name"]):
        yield from drawn(child, indent + "  ")


def ids(clone, *keys):
    return [f"{clone.stub(key)}::multiplies[{each}]" for key in keys for each in ("cpu", "sim")]


def outcomes(posted):
    """What was posted of each item, and the first line of its message."""
    found = {}
    for message in posted:
        assert message["status"] == "success", message
        for key, told in message["result"].items():
            assert key not in found, "the editor takes the first report for the only one"
            found[key] = told["outcome"], (told["message"] or "").split("\n")[0]
    return found


def test_the_settings_discover_the_exercises_alone_with_devices_under_a_property(editor, little):
    assert SETTINGS["python.testing.pytestEnabled"] is True
    assert SETTINGS["python.testing.unittestEnabled"] is False
    little.write("times/double", "def double(x:\n")
    _, posted = editor("--collect-only", *SETTINGS["python.testing.pytestArgs"])
    (message,) = posted
    assert (message["status"], message["error"]) == ("success", [])
    assert "".join(drawn(message["tests"])) == DISCOVERED


def test_each_selected_item_is_reported_whatever_the_file_is_like(editor, little):
    little.write("times/double", "def double(x:\n")
    little.write("more/fivefold", "import nowhere\n")
    selected = ids(little, "times/double", "times/triple", "more/fivefold")
    output, posted = editor(*selected)
    told = outcomes(posted)
    assert list(told) == selected
    assert [told[each] for each in selected] == [
        *2 * [("failure", "exercises/times/double.py:1")],
        *2 * [("failure", "triple is not written yet.")],
        *2 * [("failure", "exercises/more/fivefold.py:1")],
    ]
    assert output.count("Has a syntax error") == 2, "in the verdict, and in the short summary"
    assert output.count("TODO ") == 1
    assert "2 failed, 1 todo in" in output


def test_a_mended_file_turns_green_and_a_wrong_one_red(editor, little):
    little.solve("times/double")
    little.write("times/triple", "def triple(x):\n    return x\n")
    selected = ids(little, "times/double", "times/triple")
    told = outcomes(editor(*selected)[1])
    assert [told[each] for each in selected] == [
        *2 * [("success", "")],
        ("failure", "exercises/times/triple.py:1, on cpu"),
        ("failure", "not tried, since it fails on cpu"),
    ]


def test_the_name_of_a_function_or_class_selects_its_properties(clone):
    def collected(*names):
        arguments = [f"exercises/{name}" for name in names]
        return clone.pytest(*arguments, "--collect-only", "-q", "--device=cpu").stdout.split("\n")

    predict = "exercises/memory/sharing.py::predicts_every_operation[cpu]"
    both = collected("memory/sharing.py::predict", "data/custom_dataset.py::ArrayDataset::__len__")
    assert both[0] == predict
    assert both[1:-3] == collected("data/custom_dataset.py")[:-3]
    assert predict not in collected("memory/sharing.py::shares_storage")


def test_a_name_that_is_neither_is_not_found(little):
    run = little.pytest("exercises/times/double.py::treble")
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "not found: " in run.stdout
