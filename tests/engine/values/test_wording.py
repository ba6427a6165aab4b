"""wording.py: plain data as Python writes it."""

import pytest

from torchkata.values.observation import ContainerSeen, seen
from torchkata.values.wording import is_short, written

VALUES = [
    *(None, 5, 1.5, "it's", b"raw", True),
    *([], [1, [2]], (), (1,), (1, "two"), set(), {3}, {}, {"a": 1, 2: [3]}, {(1, 2): 3}),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_plain_data_is_written_as_python_does(value):
    assert written(seen(value)) == repr(value)


def test_a_set_may_hold_what_python_could_not_hash():
    assert written(seen({frozenset({1})})) == "{{1}}"
    claimed = ContainerSeen("set", (0,), (ContainerSeen("list", (0,), (1,)),))
    assert (written(claimed), is_short(claimed)) == ("{[1]}", True)


def test_what_is_long_is_cut():
    assert written(seen([1] * 100)) == f"{repr([1] * 100)[:200]}… (300 characters)"
    assert written(1 << 15_000) == "an int of 15001 bits"
