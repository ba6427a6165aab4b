"""reach.py: what a file reaches for is seen, and honest files reach for nothing."""

from pathlib import Path

import pytest

from torchkata.grading.judging.reach import reaches
from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import stub_of

ROOT = Path(__file__).parents[4]
LINES = {
    "import ctypes": "ctypes",
    "from torch import _C as c": "torch._C",
    "torch._C.DisableTorchFunction()": "torch._C",
    "import torchkata.judge.trial": "the engine",
    "f = sys._getframe(2)": "frames",
    "error.__traceback__.tb_frame": "frames",
    "for each in gc.get_objects():": "the garbage collector",
    "threading.Thread(target=later).start()": "threads",
    "sys.settrace(spy)": "tracing",
    "exec('import ctypes')": "ctypes",
    "importlib.import_module(name)": "modules by name",
    "frame = error.__traceback__": "frames",
    "exec(text)": "code that is made from text",
    "getattr(sys, '_get' + 'frame')(1)": "attributes by names that are made",
}


@pytest.mark.parametrize(("line", "what"), LINES.items(), ids=LINES)
def test_each_reach_is_told_with_its_line(line, what):
    told = list(reaches(f"import torch\n\n    {line}\n".encode(), ""))
    assert f"Line 3 reaches for {what}: {line}" in told


def test_what_was_given_and_what_is_a_comment_is_no_reach():
    assert list(reaches(b"import gc\n# ctypes\nx = 1\n", "import gc\n")) == []
    (long,) = reaches(b"ctypes" + b"x" * 5 + b" ctypes " + b"y" * 500, "")
    assert len(long) < 200


HONEST = [
    "model.eval()",
    "torch.compile(f)",
    "pattern = re.compile(r'x')",
    "getattr(module, 'weight', None)",
    'value = getattr(x, "grad")',
    'getattr(self, f"fc{number}")(x)',
    "traceback.print_exc()",
]


@pytest.mark.parametrize("line", HONEST)
def test_honest_lines_are_no_reach(line):
    assert list(reaches(line.encode(), "")) == []


def test_solutions_reach_for_little():
    found = {
        each.key: [*reaches(each.solution_path.read_bytes(), stub_of(each))]
        for each in read_suite(ROOT).exercises
    }
    assert sum(map(bool, found.values())) <= 3, found
