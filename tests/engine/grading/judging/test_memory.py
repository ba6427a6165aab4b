"""The limit on memory: told by its name, and held against whoever hides from it."""

import pytest

from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.examiner import Examiner
from torchkata.grading.judging.slot import Slot
from torchkata.grading.protection import protection
from torchkata.suite.curriculum import read_suite

ASKS = "def double(x):\n    return x * 2 + {asked}\n"
ASKED = {
    "a tensor": "__import__('torch').ones(1 << 28)",
    "bytes": "len(bytearray(1 << 30))",
}
HIDES = """
import mmap, os, time

def double(x):
    for _ in range(6):
        if os.fork() == 0:
            block = mmap.mmap(-1, 120 << 20)
            block.write(b"x" * (120 << 20))
            while True:
                # The end of each orphan is a signal to process 1, which may look at nothing else.
                if os.fork() == 0:
                    os.fork()
                    os._exit(0)
                os.wait()
    time.sleep(60)
"""


@pytest.fixture
def judged(little):
    suite = read_suite(little.root)
    assignment = Assignment("", (), ("cpu",), limit=8, memory=256, seed=0)
    protected = protection([little.root])
    if protected.unprotected:
        pytest.skip(protected.unprotected[0])
    examiner = Examiner(suite.find("double"), assignment)
    slot = Slot(protected.places(suite, assignment, 1)[0])
    yield lambda text: examiner.examine(slot, text.encode(), "key", "double.py")
    slot.close()


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_who_asks_for_more_is_told_the_limit(judged, asked):
    result = judged(ASKS.format(asked=asked))
    assert result.standing == "failing"
    assert "at the limit of 256 MiB" in result.properties[0].text
    assert [each.says for each in result.flags if each.kind == "memory"] == [
        "multiplies: it asked for more than the 256 MiB that it may use."
    ]


def test_signals_do_not_keep_anybody_from_looking(judged):
    result = judged(HIDES)
    assert [(each.kind, each.says) for each in result.flags] == [
        ("memory", "Ended for its memory: more than 256 MiB.")
    ]
