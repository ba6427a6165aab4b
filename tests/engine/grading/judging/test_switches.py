"""What looks at operations can't be switched off by torch's own switches, in a line."""

import pytest

from tests.engine.grading.judging.test_threads import ASSIGNMENT, ROOT, slot
from torchkata.grading.judging.examiner import Examiner
from torchkata.suite.curriculum import read_suite

__all__ = ["slot"]

SWITCHES = {
    "functions": "torch._C.DisableTorchFunction()",
    "all modes": "torch.utils._python_dispatch._disable_current_modes()",
    "the top mode": "torch.overrides._pop_mode_temporarily()",
}
BANNED = """
import torch
import torch.nn.functional as F


def one_hot(labels, num_classes, dtype=torch.float32):
    with {switch}:
        return F.one_hot(labels, num_classes).to(dtype)
"""


@pytest.fixture(scope="module")
def examiner():
    return Examiner(read_suite(ROOT).find("one_hot"), ASSIGNMENT)


@pytest.mark.slow
@pytest.mark.parametrize("switch", SWITCHES.values(), ids=SWITCHES)
def test_each_switch_is_refused_and_told_of(slot, examiner, switch):
    result = examiner.examine(slot, BANNED.format(switch=switch).encode(), "", "")
    assert result.standing == "failing"
    told = " ".join(result.properties[0].text.split())
    assert "is not to be had where a file is judged" in told
    assert "reach" in {each.kind for each in result.flags}


def test_the_collector_tells_nothing(slot, examiner):
    text = (
        "import gc\n\ndef one_hot(labels, num_classes, dtype=None):\n    return gc.get_objects()\n"
    )
    result = examiner.examine(slot, text.encode(), "", "")
    assert "get_objects is not to be had" in result.properties[0].text


def test_the_solution_needs_none(slot, examiner):
    source = examiner.exercise.solution_path.read_bytes()
    assert examiner.examine(slot, source, "", "").standing == "solved"
