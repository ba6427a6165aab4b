"""resting.py: what of each property only the student's process can tell."""

import pytest
import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.grading.judging.resting import rests_on
from torchkata.properties import forall
from torchkata.values.observation import ContainerSeen, InputSeen, Observation, seen

NOTHING = ContainerSeen("dict", (), ())


def expects(value, **tensor):
    told = (InputSeen("x", **{"grad": None, "written": False, **tensor}),)
    return Observation(seen(value), NOTHING, told, ())


@forall(x=st.just(1))
def test_plain_one(impl, x):
    """Says something."""
    return impl.f(x)


@forall(x=st.just(1), ban=[F.one_hot], aliasing=True)
def test_banned(impl, x):
    """Says something."""
    return impl.f(x)


@forall(x=st.just(1))
def test_asserting(impl, x, device):
    """Says something."""
    assert impl.f(x, device) == 1, "It is one."


LEAF = torch.ones(1, requires_grad=True)
KINDS = [
    (test_plain_one, expects(torch.ones(1)), ()),
    (test_banned, expects(1), ("operations", "memory")),
    (test_asserting, expects(1), ("assertions", "device")),
    (test_plain_one, expects([1, LEAF]), ("requires_grad",)),
    (test_plain_one, expects(None, written=True), ("inputs afterwards",)),
    (test_plain_one, expects(None, grad=seen(torch.ones(1))), ("inputs afterwards",)),
]


@pytest.mark.parametrize(("prop", "expected", "kinds"), KINDS)
def test_each_kind_of_claim_is_told(prop, expected, kinds):
    assert rests_on(prop, [expected]) == kinds
