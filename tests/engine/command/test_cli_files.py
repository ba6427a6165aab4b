"""The commands of `kata` that show, judge, open and restore files, in real processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from torchkata.practice.progress import Judged, file_hash, record
from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import stub_of

DIFF = """\
A number is broadcast.

No loop is needed.

--- exercises/times/double.py
+++ solutions/times/double.py
@@ -13,4 +13,8 @@
     >>> double(torch.tensor(1))
     tensor(2)
     \"\"\"
-    return x + x
+    return _times(x)
+
+
+def _times(x: Tensor) -> Tensor:
+    return x * 2
"""


def write(clone, name, body):
    """Make `body` the body of the function in the learner's file; gives the file's text."""
    exercise = read_suite(clone.root).find(name)
    text = stub_of(exercise).replace("raise NotImplementedError", body)
    clone.write(exercise.key, text)
    return text


def solve(clone, name, body="return x + x"):
    write(clone, name, body)
    exercise = read_suite(clone.root).find(name)
    judged = Judged(exercise.key, "solved", file_hash(exercise.stub_path), 9)
    record(clone.root, [judged])


def kata(clone, *arguments, status=0, **options):
    """What a command printed."""
    run = clone.kata(*arguments, **options)
    assert "Traceback" not in run.stdout
    assert run.returncode == status, run.stdout
    return run.stdout


def test_show_gives_the_statement_then_the_signature_then_the_place(little):
    expected = (
        "Multiply by 2.\n"
        "\n"
        "Write `double`.\n"
        "\n"
        "def double(x: Tensor) -> Tensor:\n"
        '    """Give 2 times x.\n'
        "\n"
        "    >>> import torch\n"
        "    >>> double(torch.tensor(1))\n"
        "    tensor(2)\n"
        '    """\n'
        "    raise NotImplementedError\n"
        "\n"
        "exercises/times/double.py:9\n"
    )
    assert kata(little, "show", "double") == expected
    little.write("times/double", "broken(\n")
    assert kata(little, "show") == expected.replace(":9\n", ":1\n"), "the stub's, not the file's"


def test_show_fills_prose_and_docstrings_and_leaves_drawings_and_examples(little):
    solution = little.solution("times/double")
    text = solution.read_text()
    text = text.replace(
        "Write `double`.\n",
        "It takes some words to fill a line that is longer than sixty columns, and to need\n"
        "another one.\n"
        "\n"
        "    a drawing     keeps   its   blanks\n"
        "\n"
        "- an item of a list, also longer than sixty columns, which hangs where it goes on\n"
        "- another item\n",
    )
    text = text.replace(
        "Give 2 times x.\n",
        "Give 2 times x.\n"
        "\n"
        "    Args:\n"
        "        x: a tensor of which there is more to say than fits into sixty columns, as\n"
        "            you see: it goes on.\n"
        "        y: short.\n",
    )
    solution.write_text(text)
    told = kata(little, "show", "double", COLUMNS="60")
    assert told.startswith(
        "Multiply by 2.\n"
        "\n"
        "It takes some words to fill a line that is longer than sixty\n"
        "columns, and to need another one.\n"
        "\n"
        "    a drawing     keeps   its   blanks\n"
        "\n"
        "- an item of a list, also longer than sixty columns, which\n"
        "  hangs where it goes on\n"
        "- another item\n"
        "\n"
        "def double(x: Tensor) -> Tensor:\n"
        '    """Give 2 times x.\n'
        "\n"
        "    Args:\n"
        "        x: a tensor of which there is more to say than fits\n"
        "            into sixty columns, as you see: it goes on.\n"
        "        y: short.\n"
        "\n"
        "    >>> import torch\n"
    )


def test_hints_come_one_at_a_time_and_then_all(little):
    assert kata(little, "hint") == "double, hint 1 of 2\nThink of a factor.\n"
    assert kata(little, "hint", "times/double") == "double, hint 2 of 2\nIt is 2.\n"
    both = "double, hint 1 of 2\nThink of a factor.\ndouble, hint 2 of 2\nIt is 2.\n"
    again = f"There are no more hints for double. All of them again:\n\n{both}"
    assert kata(little, "hint") == again
    assert kata(little, "hint") == again
    assert "2 hints" in kata(little, "list", "--topic", "times")


def test_all_hints_at_once_count_as_seen(little):
    both = "triple, hint 1 of 2\nThink of a factor.\ntriple, hint 2 of 2\nIt is 3.\n"
    assert kata(little, "hint", "triple", "--all") == both
    assert kata(little, "hint", "triple", "--all") == both
    assert kata(little, "hint", "triple").startswith("There are no more hints for triple.")
    assert kata(little, "hint", "double").startswith("double, hint 1 of 2\n"), "its own count"


def test_an_exercise_without_hints_says_so(little):
    path = little.solution("times/double")
    path.write_text(path.read_text().replace('("Think of a factor.", "It is 2.")', "()"))
    assert kata(little, "hint", "double", status=1) == "Error: double has no hints.\n"


def test_the_reference_is_compared_once_it_is_solved(little):
    solve(little, "double")
    assert kata(little, "solution", "double") == DIFF
    coloured = kata(little, "solution", "double", FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[31m-    return x + x\x1b[0m\n\x1b[32m+    return _times(x)\x1b[0m\n" in coloured


def test_the_reference_itself_needs_no_comparison(little):
    text = little.solution("times/double").read_text().partition("\n\n\nHINTS")[0] + "\n"
    little.write("times/double", text)
    digest = file_hash(little.stub("times/double"))
    record(little.root, [Judged("times/double", "solved", digest, 9)])
    assert kata(little, "solution", "double") == (
        "A number is broadcast.\n"
        "\n"
        "No loop is needed.\n"
        "\n"
        "Your file is the reference, word for word.\n"
    )


def test_the_reference_is_refused_before_it_is_solved_but_for_spoil(little):
    assert kata(little, "solution", "double", status=1) == (
        "Error: double is not solved yet: `kata check double` judges it. `kata solution double "
        "--spoil` shows the reference all the same.\n"
    )
    solve(little, "double")
    write(little, "double", "return x * 2")
    assert kata(little, "solution", "double", status=1).startswith(
        "Error: double was edited since it was judged: `kata check double` judges it."
    )
    told = kata(little, "solution", "double", "--spoil")
    reference = little.solution("times/double").read_text().partition("\n\n\nHINTS")[0]
    assert told == f"A number is broadcast.\n\nNo loop is needed.\n\n{reference}\n"


def test_names_set_aside_do_not_show_wherever_they_stand(little):
    path = little.solution("times/double")
    text = path.read_text()
    body, _, rest = text.partition("\n\n\nHINTS")
    head, _, tail = body.partition("\n\n\ndef double")
    path.write_text(f"{head}\n\nHINTS{rest}\n\ndef double{tail}\n")
    assert kata(little, "solution", "double", "--spoil").endswith(f"needed.\n\n{body}\n")


def test_reset_keeps_every_version_of_yours(little):
    stub = little.stub("times/double").read_text()
    for kept in ("double.before_reset.py", "double.before_reset_2.py", "double.before_reset_3.py"):
        text = write(little, "double", f"return {kept!r}")
        assert kata(little, "reset", "double") == (
            "exercises/times/double.py is the stub again.\n"
            f"Your version is kept in exercises/times/{kept}.\n"
        )
        assert little.stub("times/double").read_text() == stub
        assert (little.root / "exercises/times" / kept).read_text() == text
    assert "\n·  to do    double" in kata(little, "list")


def test_reset_keeps_nothing_where_there_is_nothing_of_yours(little):
    stub = little.stub("times/double").read_text()
    before = sorted(little.root.rglob("*.py"))
    for _ in range(2):
        assert kata(little, "reset", "double") == "exercises/times/double.py is the stub again.\n"
        assert little.stub("times/double").read_text() == stub
        assert sorted(little.root.rglob("*.py")) == before
        little.stub("times/double").unlink()
    little.stub("times/double").mkdir()
    assert kata(little, "reset", "double", status=1) == (
        f"Error: {little.root}/exercises/times/double.py: Is a directory. Nothing is lost.\n"
    )


def test_check_judges_what_was_edited_and_writes_down_how_it_came_out(little):
    write(little, "double", "return x + x")
    write(little, "fivefold", "return x")
    folder = little.root / "solutions"
    told = kata(little, "check", status=1, cwd=folder)
    assert told.startswith("edited, not judged yet: double, fivefold\n")
    assert "../exercises/times/double.py" in told
    assert "triple" not in told
    assert "\nsolved: 1 of 2" in told
    listed = kata(little, "list", cwd=folder)
    assert "█  solved   double" in listed
    assert "x  failing  fivefold" in listed
    write(little, "fivefold", "return 5 * x")
    told = kata(little, "check")
    assert told.startswith("edited, not judged yet: fivefold\n")
    assert "double" not in told
    told = kata(little, "check", status=1)
    assert told.startswith("nothing edited is left to judge; next: triple\n")
    assert "TODO exercises/times/triple.py:9 triple" in told


@pytest.mark.parametrize(
    ("arguments", "judged"),
    [
        (["--all"], ["double", "triple", "fivefold"]),
        (["times"], ["double", "triple"]),
        (["more", "double"], ["fivefold", "double"]),
        (["triple", "times/triple"], ["triple"]),
    ],
)
def test_check_takes_exercises_topics_or_all(little, arguments, judged):
    told = kata(
        little,
        "check",
        *arguments,
        cwd=little.root / "exercises",
        PYTEST_ADDOPTS="--collect-only -q --device cpu",
    )
    nodes = [line for line in told.split("\n") if "::" in line]
    keys = {"double": "times/double", "triple": "times/triple", "fivefold": "more/fivefold"}
    assert nodes == [f"exercises/{keys[name]}.py::multiplies[cpu]" for name in judged]


@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        *((name, ["+9", "FILE"]) for name in ("vi", "vim", "nvim", "nano", "emacs")),
        *((name, ["+9", "FILE"]) for name in ("emacsclient", "micro", "kak", "vim.basic")),
        *((name, ["FILE:9"]) for name in ("hx", "subl", "zed")),
        *((name, ["--goto", "FILE:9"]) for name in ("code", "code-insiders", "codium")),
        *((name, ["--goto", "FILE:9"]) for name in ("cursor", "windsurf")),
        *((name, ["--line", "9", "FILE"]) for name in ("idea", "pycharm", "charm")),
        ("gedit", ["FILE"]),
        ("code --wait", ["--wait", "--goto", "FILE:9"]),
        ("'my editor' -x 'a b'", ["-x", "a b", "FILE"]),
    ],
)
def test_open_starts_the_editor_at_the_line(little, tmp_path, editor, arguments):
    place = _editor(tmp_path, editor.strip("'").partition("' ")[0].removesuffix(" --wait"))
    kata(little, "open", "double", cwd=little.root / "tests", VISUAL=editor, EDITOR="no", **place)
    file = str(little.stub("times/double"))
    told = (tmp_path / "told").read_text().split("\n")[:-1]
    assert told == [each.replace("FILE", file) for each in arguments]


def test_open_takes_editor_where_visual_is_not_set(little, tmp_path):
    kata(little, "open", VISUAL="", EDITOR="nano", **_editor(tmp_path, "nano"))
    assert (tmp_path / "told").read_text() == f"+9\n{little.stub('times/double')}\n"


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        (
            "",
            "No editor is set. Set one, such as `export EDITOR=nano`, or open "
            "exercises/times/double.py:9",
        ),
        (
            "nowhere_to_be_found -x",
            "'nowhere_to_be_found', the editor that $EDITOR names, can't be started: No such file "
            "or directory. Set $EDITOR to an editor that is installed.",
        ),
        (
            "/",
            "'/', the editor that $EDITOR names, can't be started: Permission denied. Set $EDITOR "
            "to an editor that is installed.",
        ),
        ("nano 'x", '$EDITOR is not a command: "nano \'x": No closing quotation.'),
        (" ", "$EDITOR is not a command: ' ' has no words."),
        ("false", "'false', the editor that $EDITOR names, ended with status 1."),
        ("sh -c 'kill -9 $$'", "'sh', the editor that $EDITOR names, was ended by signal 9."),
    ],
)
def test_an_editor_that_does_not_start_or_fails_is_told(little, editor, told):
    assert kata(little, "open", status=1, EDITOR=editor) == f"Error: {told}\n"


def test_ctrl_c_ends_without_a_traceback(little, tmp_path):
    waiting = tmp_path / "waits"
    waiting.write_text("#!/bin/sh\necho ready\nread line\n")
    waiting.chmod(0o755)
    process = subprocess.Popen(
        [Path(sys.executable).with_name("kata"), "open"],
        cwd=little.root,
        env={**os.environ, "VISUAL": str(waiting)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    assert told == "\n"
    assert process.returncode == 130


def _editor(folder, name):
    """An editor that writes down what it was called with; the environment that finds it."""
    path = folder / "bin" / name
    path.parent.mkdir()
    path.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$TOLD"\n')
    path.chmod(0o755)
    search = os.pathsep.join([str(path.parent), os.environ["PATH"]])
    return {"PATH": search, "TOLD": str(folder / "told")}
