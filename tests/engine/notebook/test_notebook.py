"""Katas in a real kernel: check, %%kata and hint, and cells of tests as other tools run them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import torchkata
from torchkata.suite.as_notebook import notebook_of
from torchkata.suite.curriculum import read_suite

ROOT = Path(__file__).parents[3]

CELLS = {
    "imports": "import torch\nfrom torchkata.notebook import check, hint\nWIDE = torch.float64",
    "helper": "def added(product, bias):\n    return product if bias is None else product + bias",
    "wrong": (
        "# a comment above\n"
        "def linear(x, weight):\n"
        "    return (x @ weight.T).to(WIDE)\n"
        "check(linear)"
    ),
    "right": (
        "def linear(x, weight, bias=None):\n"
        "    return added(x @ weight.T, bias)\n"
        "result = check(linear)\n"
        "result"
    ),
    "switched": (
        "torch.set_default_dtype(torch.float64)\n[check(linear).passed, torch.ones(1).dtype]"
    ),
    "endless": (
        "%%kata one_hot\n"
        "def one_hot(labels, num_classes, dtype=torch.float32):\n"
        "    while True:\n"
        "        added(labels, num_classes)\n"
    ),
    "begun": "hint('one_hot')\nhint(one_hot)",
    "ambiguous": "def predict(op):\n    return 1\ncheck(predict)",
    "nbgrader": "import torchkata\nassert torchkata.check(linear)",
    "nbgrader fails": (
        "def linear(x, weight, bias=None):\n    return x @ weight.T\ntorchkata.check(linear)"
    ),
    "otter": (
        "import doctest\n"
        "case = '>>> bool(torchkata.check(linear))\\nTrue\\n'\n"
        "test = doctest.DocTestParser().get_doctest(case, globals(), 'q1', None, 0)\n"
        "doctest.DocTestRunner(verbose=False).run(test)"
    ),
    "ipytest": (
        "import ipytest\n"
        "def test_linear():\n"
        "    torchkata.check(linear)\n"
        "ipytest.run('-q', '--color=no')"
    ),
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each cell gives, in a kernel whose working directory is no clone."""
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(each) for each in CELLS.values()]
    )
    folder = tmp_path_factory.mktemp("elsewhere")
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        book, timeout=300, allow_errors=True, resources=resources, kernel_name="python3"
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    return dict(zip(CELLS, (each.outputs for each in book.cells), strict=True))


def shown(outputs, kind="text/plain"):
    return "\n".join(
        each.data[kind] if "data" in each else each.get("text", each.get("evalue", ""))
        for each in outputs
    )


@pytest.mark.slow
class TestKernel:
    def test_a_wrong_answer_is_told_with_the_lines_of_its_cell(self, outputs):
        text = shown(outputs["wrong"])
        assert text.startswith("linear_forward: ")
        assert "linear(x, weight) has other parameters than linear(x, weight, bias=None)." in text
        assert "cell of linear_forward:2" in text

    def test_a_notebook_shows_pictures(self, outputs):
        html = shown(outputs["wrong"], "text/html")
        assert '<article class="kata-verdict kata-failed"' in html
        assert "<style>" in html

    def test_a_right_answer_is_solved(self, outputs):
        assert re.fullmatch(r"linear_forward: solved, all \d+ checks pass", shown(outputs["right"]))

    def test_switches_of_the_notebook_matter_to_no_verdict_and_stay(self, outputs):
        assert shown(outputs["switched"]) == "[True, torch.float64]"

    def test_an_endless_loop_is_told(self, outputs):
        text = shown(outputs["endless"])
        assert "stopped after 5 s: is there a loop that does not end?" in text
        assert "again: run this cell again" in text

    def test_the_cell_of_the_magic_is_run_too(self, outputs):
        assert "one_hot, hint 2 of" in shown(outputs["begun"])

    def test_what_is_not_clear_is_asked_for(self, outputs):
        assert 'Say which one is meant: check("' in shown(outputs["ambiguous"])

    def test_a_test_cell_of_nbgrader_passes_and_fails(self, outputs):
        assert outputs["nbgrader"] == []
        (error,) = outputs["nbgrader fails"]
        assert error.ename == "AssertionError"
        assert error.evalue.startswith("linear_forward: ")
        assert "expected:" in error.evalue

    def test_a_test_of_otter_fails_with_the_text(self, outputs):
        assert "AssertionError: linear_forward: " in shown(outputs["otter"])

    def test_a_test_of_ipytest_fails_with_the_text(self, outputs):
        text = shown(outputs["ipytest"])
        assert "AssertionError: linear_forward: " in text
        assert "1 failed" in text


def test_a_topic_as_a_notebook_is_valid_and_asks_for_each_kata():
    suite = read_suite(ROOT)
    for topic in suite.topics:
        book = nbformat.reads(notebook_of(topic), as_version=4)
        nbformat.validate(book)
        code = [each.source for each in book.cells if each.cell_type == "code"]
        firsts = [each.split("\n")[0] for each in code[1:]]
        assert firsts == [f"%%kata {each.name}" for each in topic.exercises]


def test_prose_is_shown_as_it_is():
    (sharing,) = (each for each in read_suite(ROOT).topics if each.name == "memory")
    text = "".join(json.loads(notebook_of(sharing))["cells"][2]["source"])
    assert "`untyped_storage()`" in text
    assert "    storage          | 0 | 1 |" in text


def test_kata_notebook_writes_a_file_and_overwrites_none(tmp_path):
    kata = [Path(sys.executable).parent / "kata", "notebook", "memory"]
    first, again = (
        subprocess.run(kata, cwd=tmp_path, capture_output=True, text=True, check=False)
        for _ in range(2)
    )
    assert first.stdout == "wrote memory.ipynb, with 6 katas\n"
    nbformat.read(tmp_path / "memory.ipynb", as_version=4)
    assert again.returncode == 1
    assert again.stderr == "Error: memory.ipynb is there already: name another file by -o.\n"


def test_torchkata_itself_has_no_other_names():
    with pytest.raises(AttributeError, match="module 'torchkata' has no attribute 'chekc'"):
        torchkata.chekc  # noqa: B018 - that is what is tested
