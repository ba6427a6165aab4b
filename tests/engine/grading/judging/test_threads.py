"""A worker starts no thread: none can change what is looked at. Autograd has those it needs."""

from pathlib import Path

import pytest

from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.examiner import Examiner
from torchkata.grading.judging.slot import Slot
from torchkata.grading.protection import protection
from torchkata.grading.sandbox import system_calls
from torchkata.suite.curriculum import read_suite

ROOT = Path(__file__).parents[4]
EXERCISES = ("autograd/hvp", "optim/sgd_update", "data/custom_dataset")
ASSIGNMENT = Assignment("", (), ("cpu", "sim"), limit=60, seed=0)
STARTS = {
    "a thread": "import threading\nthreading.Thread(target=print).start()\n",
    "a pool": "from concurrent.futures import ThreadPoolExecutor as P\nP(1).submit(abs, 1)\n",
    "by a hook": """
import threading, torch
x = torch.ones(1, requires_grad=True, device="sim")
x.register_hook(lambda grad: threading.Thread(target=print).start())
x.backward()
""",
}


@pytest.fixture(scope="module")
def slot():
    if not system_calls.KNOWN:
        pytest.skip("there is no filter for this machine")
    protected = protection([ROOT / "solutions"])
    if protected.unprotected:
        pytest.skip(protected.unprotected[0])
    slot = Slot(protected.places(read_suite(ROOT), ASSIGNMENT, 1)[0])
    yield slot
    slot.close()


@pytest.fixture(scope="module")
def examiners():
    suite = read_suite(ROOT)
    return {key: Examiner(suite.find(key), ASSIGNMENT) for key in EXERCISES}


@pytest.mark.slow
@pytest.mark.parametrize("key", EXERCISES)
def test_solutions_need_none_of_their_own(slot, examiners, key):
    source = examiners[key].exercise.solution_path.read_bytes()
    many = b"import torch\ntorch.set_num_threads(4)\ntorch.ones(10**6).exp().sum()\n"
    assert examiners[key].examine(slot, source, "", "").standing == "solved"
    assert examiners[key].examine(slot, source + b"\n" + many, "", "").standing == "solved"


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_none_can_be_started(slot, examiners, start):
    examiner = examiners["data/custom_dataset"]
    source = examiner.exercise.solution_path.read_text() + start
    result = examiner.examine(slot, source.encode(), "", "")
    assert result.standing == "failing"
    assert "can't start new thread" in result.properties[0].text
