"""The name that a misspelt one is near to."""

import numpy as np
import pytest
import torch
from torch import nn

from torchkata.judge.near_names import question

pytestmark = pytest.mark.quick


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2))
        self.register_buffer("running_mean", torch.zeros(2))
        self.hidden = nn.Linear(1, 1)
        self.slope = 2


class Slots:
    __slots__ = ("width",)


class Evil:
    def __dir__(self):
        raise AssertionError("no code of the object may run")

    def __getattr__(self, name):
        raise AttributeError(name, name=name, obj=self)


def local():
    labels = 1
    return lables + labels  # noqa: F821 - misspelt on purpose


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        (lambda: torch.zeros(1).unsqeeze(0), "unsqueeze"),
        (lambda: torch.zeroes(1), "zeros"),
        (lambda: torch.nn.functional.one_hott, "one_hot"),
        (lambda: np.arrange(3), "arange"),
        (lambda: Model().wieght, "weight"),
        (lambda: Model().runing_mean, "running_mean"),
        (lambda: Model().hiden, "hidden"),
        (lambda: Model().slop, "slope"),
        (lambda: torch.Tensor.scater_, "scatter_"),
        (lambda: [].apend(1), "append"),
        (local, "labels"),
        (lambda: toch.zeros(1), "torch"),  # noqa: F821 - misspelt on purpose
        (lambda: pritn(1), "print"),  # noqa: F821 - misspelt on purpose
    ],
)
def test_asks_for_the_nearest_name(wrong, near):
    with pytest.raises((AttributeError, NameError)) as caught:
        wrong()
    assert question(caught.value) == f". Did you mean: {near!r}?"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: torch.zeros(1).wholly_other,
        lambda: Slots().height,
        lambda: Evil().wieght,
        lambda: xyzzy,  # noqa: F821 - not defined on purpose
        lambda: int("x"),
    ],
)
def test_asks_nothing_where_none_is_near(wrong):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - its message is no matter
        wrong()
    assert question(caught.value) == ""


def test_asks_nothing_of_an_error_that_never_was_raised():
    assert question(NameError("name 'x' is not defined")) == ""
    assert question(NameError("name 'pritn' is not defined", name="pritn")) == ""
