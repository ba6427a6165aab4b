"""properties.py: what a property may ask of the code that it runs."""

import cProfile
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import broadcast_shapes, zeros

from torchkata.judge.guard import Guard
from torchkata.properties import Invariant, NoOperations

X = torch.ones(2, 2)
ARRAY = np.ones((2, 2))
SENTENCE = "Do without tensors."


def swallows(function):
    def tries():
        try:
            function()
        except Exception:
            return

    return tries


REFUSED = {
    "makes": lambda: torch.zeros(2),
    "imported": lambda: zeros(2),
    "meta": lambda: torch.zeros(2, device="meta"),
    "aten": lambda: torch.ops.aten.zeros([2]),
    "reads": lambda: X.tolist(),
    "item": lambda: X[0, 0].item(),
    "to numpy": lambda: X.numpy(),
    "numpy makes": lambda: np.zeros((2, 3)).sum(axis=0).shape,
    "numpy by way of ones": lambda: np.ones(3),
    "numpy full": lambda: np.full((2,), 1),
    "numpy computes": lambda: ARRAY.sum(axis=0),
    "numpy broadcasts": lambda: np.broadcast(np.empty(2), 0).shape,
    "numpy broadcast_shapes": lambda: np.broadcast_shapes((1, 2), (2, 2)),
    "named": lambda: torch.broadcast_shapes((1,), (2,)),
    "named and imported": lambda: broadcast_shapes((1,), (2,)),
    "swallowed": swallows(lambda: torch.zeros(2)),
    "numpy swallowed": swallows(lambda: np.zeros(2)),
}
ALLOWED = {
    "promote_types": lambda: torch.promote_types(torch.int8, torch.float32),
    "can_cast": lambda: torch.can_cast(torch.int8, torch.float32),
    "shape": lambda: (X.shape, X.stride(), X.dtype, X.is_contiguous()),
    "finfo": lambda: torch.finfo(torch.float32).eps,
    "numpy's types": lambda: np.promote_types(np.int8, np.float32),
    "numpy's numbers": lambda: np.int64(3) + 4,
}


def runs(function):
    also = torch.broadcast_shapes, np.broadcast_shapes
    with Guard() as guard, NoOperations(SENTENCE, *also):
        guard.call(function)


@pytest.mark.parametrize("does", REFUSED.values(), ids=REFUSED)
def test_tensors_are_refused_by_every_door(does):
    with pytest.raises(Invariant, match=SENTENCE):
        runs(does)
    assert sys.getprofile() is None


def test_a_profiler_sees_what_follows_and_refuses_nothing():
    def seen(profiler):
        stats = profiler.getstats()
        return any(getattr(each.code, "co_name", "") == "afterwards" for each in stats)

    def afterwards():
        pass

    profiler = cProfile.Profile()
    with profiler:
        runs(lambda: X.shape)
        afterwards()
    assert seen(profiler)


@pytest.mark.parametrize("does", ALLOWED.values(), ids=ALLOWED)
def test_what_takes_and_gives_no_tensor_is_allowed(does):
    runs(does)


def test_numpys_shapes_are_allowed_where_they_are_not_named():
    with Guard() as guard, NoOperations(SENTENCE):
        assert guard.call(lambda: np.broadcast_shapes((1, 2), (2, 2))) == (2, 2)
        with pytest.raises(ValueError, match="shape mismatch"):
            guard.call(lambda: np.broadcast_shapes((3,), (2,)))


def test_what_the_code_raises_itself_is_its_own():
    with pytest.raises(KeyError):
        runs(lambda: {}["a"])


def test_the_property_may_compute_behind_it():
    runs(lambda: 5)
    assert torch.zeros(2).tolist() == [0, 0]
    assert np.zeros(2).sum() == 0


@pytest.mark.slow
def test_nothing_imports_the_compiler():
    program = (
        "import sys, torch\n"
        "from torchkata.properties import NoOperations\n"
        "with NoOperations('no'): torch.promote_types(torch.int8, torch.float32)\n"
        "assert 'torch._dynamo' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
