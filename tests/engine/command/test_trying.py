"""`kata try` and `kata debug`, `pytest --trace` and breakpoint(): a failure looked at closer."""

import shlex
import sys
from pathlib import Path

KATA = shlex.quote(str(Path(sys.executable).with_name("kata")))
PYTEST = f"{shlex.quote(sys.executable)} -m pytest"
WRONG = """\
import torch
from torch import Tensor


def one_hot(labels: Tensor, num_classes: int, dtype: torch.dtype = torch.float32) -> Tensor:
    marker = 4711
    return labels + marker
"""


def typed(clone, command, *lines):
    """What a command shows where these lines are typed."""
    text = "".join(f"{line}\\n" for line in lines)
    return clone.run("sh", "-c", f"printf '%b' {shlex.quote(text)} | {command}")


def test_try_has_the_call_ready(clone):
    clone.write("indexing/one_hot", WRONG)
    run = typed(clone, f"{KATA} try one_hot", "print(labels.dtype, one_hot(labels, 6) is not None)")
    assert "from exercises.indexing.one_hot import one_hot" in run.stdout
    assert "labels = torch.tensor(" in run.stdout
    assert "torch.int64 True" in run.stdout


def test_debug_stops_in_the_learners_function(clone):
    clone.write("indexing/one_hot", WRONG)
    run = typed(clone, f"{KATA} debug one_hot", "n", "p marker + 1", "q")
    assert "one_hot.py(6)one_hot()" in run.stdout
    assert "4712" in run.stdout
    assert "torchkata/" not in run.stdout
    assert run.returncode == 0


def test_debug_passes_by_a_breakpoint_while_it_looks_for_the_inputs(clone):
    clone.write("indexing/one_hot", WRONG.replace("    marker", "    breakpoint()\n    marker"))
    run = typed(clone, f"{KATA} debug one_hot", "n", "n", "p marker + 1", "q")
    assert "one_hot.py(6)one_hot()" in run.stdout


def test_there_is_nothing_to_look_at_where_all_passes(clone):
    clone.solve("indexing/one_hot")
    run = clone.kata("debug", "one_hot")
    assert run.stdout == "Error: one_hot passes: nothing fails that could be looked at.\n"
    assert run.returncode == 1


def test_what_is_not_begun_or_can_not_be_loaded_is_said(clone):
    run = clone.kata("try", "one_hot")
    assert run.stdout == "Error: one_hot: one_hot is not written yet.\n"
    clone.write("indexing/one_hot", "def one_hot(:\n")
    run = clone.kata("try", "one_hot")
    assert run.stdout.startswith("Error: one_hot: Has a syntax error: ")


def test_trace_stops_in_the_learners_function(clone):
    clone.write("indexing/one_hot", WRONG)
    command = f"{PYTEST} exercises/indexing/one_hot.py --trace --device cpu"
    run = typed(clone, command, "n", "p marker + 1", "c", "c", "c", "c", "c", "c", "c", "c")
    assert "one_hot.py(6)one_hot()" in run.stdout
    assert "4712" in run.stdout


def test_pdb_stops_in_the_learners_function_alone(clone):
    clone.write("indexing/one_hot", WRONG)
    command = f"{PYTEST} exercises/indexing --pdb --device cpu"
    run = typed(clone, command, "n", "p marker + 1", "q")
    assert "one_hot.py(6)one_hot()" in run.stdout
    assert "4712" in run.stdout
    assert "torchkata/" not in run.stdout
    assert "Exit: quitting the debugger" in run.stdout
    clone.write("indexing/one_hot", "def one_hot(:\n")
    run = typed(clone, command, "q")
    assert "1 failed, 1 todo in" in run.stdout, "there is nothing to look at"


def test_a_breakpoint_in_the_learners_file_stops_under_pytest(clone):
    clone.write("indexing/one_hot", WRONG.replace("    return", "    breakpoint()\n    return"))
    command = f"{PYTEST} exercises/indexing/one_hot.py --device cpu"
    run = typed(clone, command, "p marker + 1", "q")
    assert ")one_hot()" in run.stdout
    assert "4712" in run.stdout


def test_a_breakpoint_is_passed_by_where_nobody_can_answer(clone):
    solution = clone.solution("indexing/one_hot").read_text()
    clone.write("indexing/one_hot", solution.replace("    rows =", "    breakpoint()\n    rows ="))
    command = f"{PYTEST} exercises/indexing/one_hot.py --device cpu"
    assert clone.run("sh", "-c", f"{command} < /dev/null").returncode == 0
    ended = clone.run("sh", "-c", f"printf '' | {command}").stdout
    assert "raises BdbQuit" in ended
    assert "Take the breakpoint out" in " ".join(ended.split())


def test_try_without_ipython_is_pythons_own_prompt(clone):
    clone.write("indexing/one_hot", WRONG)
    program = "import sys; sys.modules['IPython'] = None\n"
    program += "from torchkata.command.cli import main; main()"
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} try one_hot"
    run = typed(clone, command, "print(labels.dtype, one_hot(labels, 6) is not None)")
    assert "labels = torch.tensor(" in run.stdout
    assert ">>> torch.int64 True" in run.stdout
