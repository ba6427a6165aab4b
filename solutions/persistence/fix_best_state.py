"""Mend what keeps the best state of a model.

Training goes on after the best step, so that step's numbers must be kept apart.
A state dict is new each time, but it holds no numbers of its own: its tensors
are the model's, under their names.

    state = model.state_dict()

    state  {"weight": ─┐ }          the dict is new
                       ▼
    model.weight   [ 0.5  1.5 ]     the memory is one: the next step
                                    writes here, and state shows it

Every step of an optimizer writes in place. What was the best state is soon the
last one, and nothing complains. `state.copy()` and `dict(state)` copy the dict
and no tensor; `.detach()` and, on the CPU, `.cpu()` don't copy either.

Mend `best`. All of torch is allowed.
"""

import math
from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn


def best(model: nn.Module, steps: Iterable[Callable[[], float]]) -> dict[str, Tensor]:
    """Train a model, and keep its state where the loss was lowest.

    Args:
        model: any module. Its state dict holds tensors only.
        steps: functions without arguments. Each trains the model a little, which
            writes to its parameters and buffers in place, and returns the loss
            that the model has then, which is not minus infinity. Call each once,
            in order. They may come from a generator, and there may be none.

    Returns:
        The state dict of the model as it was right after the step with the lowest
        loss, the first of several that are equal. NaN and infinity are never the
        lowest: where there is no other loss, the state from before the first step.
        It has all entries of `model.state_dict()`, buffers too, with their dtypes
        and devices. Its tensors don't require grad and share no memory with the
        model. The model itself is left as the last step left it.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> def step(value, loss):
    ...     with torch.no_grad():
    ...         model.weight.fill_(value)
    ...     return loss
    >>> losses = {1.5: 0.9, 2.5: 0.2, 3.5: 0.4}
    >>> best(model, [lambda v=v, l=l: step(v, l) for v, l in losses.items()])
    {'weight': tensor([[2.5000]])}
    >>> model.weight.item()
    3.5
    """
    state, lowest = _copied(model), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = _copied(model), loss
    return state


def _copied(model: nn.Module) -> dict[str, Tensor]:
    return {name: value.clone() for name, value in model.state_dict().items()}


HINTS = (
    "Print a value of state right after it is kept, and once more after the next step. Who wrote "
    "to it?",
    "A copy of a dict holds the same tensors. Which method of a tensor gives it memory of its own?",
    "Each value needs a clone, at the moment when its step is the best so far: a copy at the end "
    "comes too late. copy.deepcopy of the whole state dict is as good.",
)

TAKE_ALONG = (
    "A state dict is a view of the model, not a copy. Keep one with clone for each value, or with "
    "deepcopy, before the next step writes."
)

APPROACH = (
    "It copies before the first step too, so that there is something to return whatever the losses "
    "are. `<` is False for NaN on either side."
)
