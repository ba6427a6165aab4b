"""One student's files in one process, and in a new one where a file does not leave it as it was."""

from dataclasses import replace

import pytest

from tests.engine.clones import new_little
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.examiner import Examiner
from torchkata.grading.judging.sitting import Sitting
from torchkata.grading.judging.slot import Slot
from torchkata.grading.protection import protection
from torchkata.suite.curriculum import read_suite

DOUBLE = "def double(x):\n    {}\n    return x * 2\n"
TRIPLE = b"import torch\n\n\ndef triple(x):\n    return torch.add(x, x) + x\n"
LEAVES_NOTHING = {
    "a right file": "pass",
    "a wrong one": "return x",
    "one that raises": "return x.nothing",
    "one that prints": "print(x)",
    "a dtype that the judge puts back": "import torch; torch.set_default_dtype(torch.float64)",
    "an import": "import calendar, torch.fft",
    "a file that it takes away": "open('/tmp/a', 'w').close(); __import__('os').unlink('/tmp/a')",
}
ENDS = {
    "an end of its process": "import os; os.kill(os.getpid(), 9)",
    "a crash": "import os; os.kill(os.getpid(), 11)",
    "a loop": "\n    while True: pass",
    "memory": "return __import__('torch').ones(1 << 28)",
}
LEAVES = {
    "another torch": "import torch; torch.add = lambda a, b: a * 0",
    "another tensor": "import torch; torch.Tensor.__add__ = lambda a, b: a * 0",
    "a hook on all modules": (
        "import torch; torch.nn.modules.module.register_module_forward_hook(print)"
    ),
    "other bits of Python": "import builtins; builtins.len = lambda x: 0",
    "a module in another's place": "import sys, math; sys.modules['math'] = math.__class__('math')",
    "a module of its own": "import sys; sys.modules['helper'] = sys.__class__('helper')",
    "a process": "import os, time; os.fork() or time.sleep(60)",
    "a file in /tmp": "open('/tmp/left', 'w').write('x')",
    "a file of an exercise": "open('/tmp/exercises.py', 'w').write('x')",
    "another folder": "import os; os.chdir('/')",
    "the environment": "import os; os.environ['A'] = '1'",
    "a handler": "import signal; signal.signal(signal.SIGUSR1, print)",
    "an open file": "import sys; sys.modules['os'].dup(1)",
    "a tracer": "import sys; sys.setrecursionlimit(3000)",
    "how NumPy warns": "import numpy; numpy.seterr(all='ignore')",
}


@pytest.fixture(scope="module")
def exam(tmp_path_factory):
    """Judges the two files of one student: what came of each, and whether one fork had both."""
    root = new_little(tmp_path_factory.mktemp("sitting") / "little").root
    suite = read_suite(root)
    assignment = Assignment("", (), ("cpu",), limit=6, memory=512, seed=0)
    protected = protection([root])
    if protected.lacks:
        pytest.skip(protected.lacks[0])
    double, triple = (Examiner(suite.find(each), assignment) for each in ("double", "triple"))
    slot = Slot(protected.places(suite, assignment, 1)[0])
    for each in (double, triple):
        each.prepare(slot)

    def judged(first, second):
        sitting = Sitting(slot)
        try:
            found = double.examine_at([sitting], first, "", "double.py", 1)
            again = triple.examine_at([sitting], second, "", "triple.py", 0)
            return timeless(found), timeless(again), sitting.is_used
        finally:
            sitting.close()

    def alone(first, second):
        return (
            timeless(double.examine(slot, first, "", "double.py")),
            timeless(triple.examine(slot, second, "", "triple.py")),
        )

    yield judged, alone
    slot.close()


def timeless(result):
    return replace(result, seconds=0.0)


@pytest.mark.parametrize("line", LEAVES_NOTHING.values(), ids=LEAVES_NOTHING)
def test_a_process_that_is_as_it_was_takes_the_next_file(exam, line):
    judged, alone = exam
    first = DOUBLE.format(line).encode()
    *found, is_shared = judged(first, TRIPLE)
    assert tuple(found) == alone(first, TRIPLE)
    assert found[1].standing == "solved"
    assert is_shared


@pytest.mark.slow
@pytest.mark.parametrize("line", LEAVES.values(), ids=LEAVES)
def test_what_a_file_leaves_behind_does_not_reach_the_next(exam, line):
    judged, alone = exam
    first = DOUBLE.format(line).encode()
    *found, is_shared = judged(first, TRIPLE)
    assert tuple(found) == alone(first, TRIPLE)
    assert found[1].standing == "solved"
    assert not is_shared


@pytest.mark.slow
@pytest.mark.parametrize("line", ENDS.values(), ids=ENDS)
def test_a_file_that_ends_its_process_does_not_end_the_next(exam, line):
    judged, alone = exam
    first = DOUBLE.format(line).encode()
    found, again, _ = judged(first, TRIPLE)
    # How it was stopped depends on how busy the machine is.
    on_its_own, afterwards = alone(first, TRIPLE)
    assert (found.standing, on_its_own.standing) == ("failing", "failing")
    assert again == afterwards
    assert again.standing == "solved"


def test_the_next_file_finds_none_of_the_one_before(exam):
    judged, alone = exam
    first = DOUBLE.format("pass").encode()
    for source in (
        b"import exercises.times.double as d\n\n\ndef triple(x):\n    return d.double(x) + x\n",
        b"def triple(x):\n    open('exercises/times/double.py')\n    return x * 3\n",
    ):
        *found, is_shared = judged(first, source)
        assert tuple(found) == alone(first, source)
        assert (found[1].standing, is_shared) == ("failing", True)


def test_a_file_that_ends_a_shared_process_is_judged_once_more_in_its_own(exam):
    judged, alone = exam
    first = DOUBLE.format("pass").encode()
    second = b"import os\n\n\ndef triple(x):\n    os.kill(os.getpid(), 11)\n"
    *found, _ = judged(first, second)
    assert tuple(found) == alone(first, second)
    assert [each.says for each in found[1].flags] == [
        "Ended by signal 11 (Segmentation fault), as a crash in native code does."
    ]
