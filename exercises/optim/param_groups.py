"""Parameter groups: another learning rate for the head, no decay for biases.

A pretrained body is trained slowly and its new head fast, and weight decay is for matrices and
kernels, not for biases and the scales of norms. An optimizer takes a list of dicts for that: each
holds parameters and what is special about them.

    parameter      shape      lr         weight_decay
    body.weight    (4, 3)     base_lr    wd
    body.bias      (4,)       base_lr    0
    head.weight    (2, 4)     head_lr    wd
    head.bias      (2,)       head_lr    0
    head2.weight   (2, 4)     base_lr    wd              head2 is another module

Write `groups`:

- Each dict has the keys "params", a list of parameters, "lr" and "weight_decay". How many dicts
  there are, in which order, and whether one is empty, is up to you.
- Every parameter of the model is in the groups exactly once: the parameter itself, no copy. So is
  one that is tied, which has two names in the model, and one that does not require grad at present.
- `head` names a submodule, as "head" or "decoder.head" do; it is never "". Its parameters are all
  those within it, however deep. A tied one that has a name in the head is the head's.
- A parameter with fewer than two dimensions gets weight_decay 0, whatever its name; any other wd.
- The model is left as it was.
"""

from typing import Any

import torch
from torch import nn


def groups(
    model: nn.Module, head: str, base_lr: float, head_lr: float, wd: float
) -> list[dict[str, Any]]:
    """Sort a model's parameters into groups for an optimizer.

    Args:
        model: any module.
        head: the name of a submodule of it, with dots where it is nested.
        base_lr: the learning rate of all that is not in the head.
        head_lr: the learning rate of the head.
        wd: the weight decay of the parameters with two dimensions and more.

    Returns:
        What an optimizer of torch takes in place of the parameters.

    Raises:
        AttributeError: the model has no submodule of that name. `get_submodule` raises it.

    >>> model = nn.Sequential()
    >>> model.add_module("body", nn.Linear(3, 4))
    >>> model.add_module("head", nn.Linear(4, 2, bias=False))
    >>> for group in groups(model, "head", base_lr=0.01, head_lr=0.1, wd=0.5):
    ...     print([tuple(p.shape) for p in group["params"]], group["lr"], group["weight_decay"])
    [(4, 3)] 0.01 0.5
    [(4,)] 0.01 0.0
    [(2, 4)] 0.1 0.5
    """
    raise NotImplementedError
