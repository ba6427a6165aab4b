"""What comes back from bytes must be what it was, to the last bit."""

import math

import msgspec
import numpy as np
import pytest
import torch

from torchkata.strategies import LAYOUTS, laid_out
from torchkata.values.identity import identical, identical_inputs
from torchkata.values.observation import Raised, seen
from torchkata.values.packing import packed, packed_input, unpacked, unpacked_input
from torchkata.values.plain import Given, Value

NAN = float("nan")
INPUTS = {
    "numbers": [True, 1, -(1 << 62), 1.0, -0.0, NAN, math.inf, None, "é"],
    "dtypes": (torch.float32, torch.bool),
    "nested": {"a": [(), [1, (2.0, {"b": "c"})]]},
    "no elements": torch.empty(0, 3),
    "a number": torch.tensor(1.5),
    "requires grad": torch.ones(2, requires_grad=True),
    "bfloat16": torch.ones(2, dtype=torch.bfloat16),
    "an array": np.arange(6.0).reshape(2, 3).T,
    "an array of one": np.ones((3, 8), "float32")[:, :1],
    **{layout: laid_out(torch.arange(6.0).view(2, 3), layout) for layout in LAYOUTS},
    "NaN": torch.tensor([NAN, -0.0]),
}
DIFFERENT = {
    "an int and a float": (1, 1.0),
    "an int and a bool": (1, True),
    "zeros": (0.0, -0.0),
    "a list and a tuple": ([1], (1,)),
    "the order of keys": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "lengths": ([1], [1, 2]),
    "dtypes": (torch.zeros(2), torch.zeros(2, dtype=torch.int32)),
    "shapes": (torch.zeros(2), torch.zeros(2, 1)),
    "values": (torch.zeros(2), torch.tensor([0.0, -0.0])),
    "arrays": (np.zeros(2), np.zeros(2, "float32")),
}
LYING_OTHERWISE = {
    "strides": (torch.zeros(2, 2), torch.zeros(2, 2).T.contiguous().T),
    "an offset": (torch.zeros(2), torch.zeros(3)[1:]),
    "a longer storage": (torch.zeros(2), torch.zeros(3)[:2]),
    "requires grad": (torch.zeros(2), torch.zeros(2, requires_grad=True)),
    "a parameter": (torch.zeros(2), torch.nn.Parameter(torch.zeros(2), requires_grad=False)),
    "no leaf": (torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True) + 0),
    "conjugated": (
        torch.zeros(1, dtype=torch.complex64),
        torch.zeros(1, dtype=torch.cfloat).conj(),
    ),
    "an array": (np.zeros((2, 2)), np.zeros((2, 2)).T),
}


@pytest.mark.parametrize("value", INPUTS.values(), ids=INPUTS)
def test_inputs_come_back_as_they_lay(value):
    raw = msgspec.msgpack.encode(packed_input(value))
    again = unpacked_input(msgspec.msgpack.decode(raw, type=Given))
    assert identical_inputs(value, again)
    assert identical_inputs(again, value)


@pytest.mark.parametrize("value", INPUTS.values(), ids=INPUTS)
def test_what_was_seen_comes_back(value):
    found = seen(value)
    raw = msgspec.msgpack.encode(packed(found))
    assert identical(found, unpacked(msgspec.msgpack.decode(raw, type=Value)))


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_in_a_bit_is_not_the_same(one, other):
    for same in (identical, identical_inputs):
        assert not same(one, other)
        assert not same({"in": [one]}, {"in": [other]})
    assert not identical(seen(one), seen(other))


@pytest.mark.parametrize(("one", "other"), LYING_OTHERWISE.values(), ids=LYING_OTHERWISE)
def test_inputs_that_lie_otherwise_are_not_the_same(one, other):
    assert not identical_inputs(one, other)
    assert not identical_inputs({"in": [one]}, {"in": [other]})


def test_an_exception_is_the_same_where_all_of_it_is():
    raised = Raised("exception", ("ValueError",), "said", (), (1, 1.0, (0, 0)))
    assert identical(raised, Raised("exception", ("ValueError",), "said", (), (1, 1.0, (0, 0))))
    assert not identical(raised, Raised("exception", ("ValueError",), "said", (), (1, 1, (0, 0))))
    assert not identical(raised, Raised("exception", ("ValueError",), "said"))
