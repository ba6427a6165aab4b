"""How well an input shows a mistake: nothing in it looks like something else in it."""

import itertools
from collections.abc import Mapping
from typing import Any

import torch

from torchkata.values.observation import tensors_in

_EMPTY = 8
_UNIFORM = 3
_SLIGHT = 1
_AT_A_GLANCE = 8


def flaws(inputs: Mapping[str, Any]) -> int:
    """How much of an input hides what happens to it: 0 for one that shows everything.

    Where nothing is empty, values differ and so do sides, every cell of a result says where it came
    from. A search for a small input prefers those, before the smallest.
    """
    tensors = [tensor for _, tensor in tensors_in(dict(inputs))]
    numbers = [each for each in inputs.values() if type(each) in (int, float)]
    alike = sum(int(one == other) for one, other in itertools.combinations(numbers, 2))
    zeros = sum(int(each == 0) for each in numbers)
    return sum(map(_flaws_of, tensors)) + _SLIGHT * (alike + zeros)


def _flaws_of(tensor: torch.Tensor) -> int:
    if not tensor.numel():
        return _EMPTY
    values = tensor.detach().flatten().tolist()
    distinct = len(set(values))
    if len(values) == 1:
        return _SLIGHT * (1 + int(values[0] == 0))
    # Beyond what is seen at a glance, size hides as much.
    found = len(values) // _AT_A_GLANCE + 2 * max(0, tensor.dim() - 2)
    if distinct == 1:
        found += _UNIFORM
    elif tensor.is_floating_point() and distinct < len(values):
        found += _SLIGHT
    if tensor.dim() > 1:
        *_, height, width = tensor.shape
        found += _SLIGHT * (int(height == width) + int(1 in (height, width)))
    return found
