"""Trace which modules a model calls.

What a model calls is in its forward, not in its list of modules: some are called twice, some never.
A hook of all modules hears of each call when it ends, a child's before its parent's:

    model(x)  ──▶  stem  ──▶  body  ( ──▶  body.0  ──▶  body.1 )  ──▶  head
    heard          stem,      body.0,  body.1,  body,                  head,  ""

`register_module_forward_hook` is no method of a module, as notes have it: it is a function, in
torch.nn.modules.module. Its hook hears every module of the whole program, until it is removed.

Write `trace`. It runs the model once, in its mode, and gives the names of the modules that were
called.

- A name stands in the list for each call, in the order in which the calls end: children before
  their parents, and the model, whose name is "", last.
- The names are those of `model.named_modules()`. A module that has two names there is listed by
  the first, the one that `named_modules()` gives. Modules that are called and are not in it, such
  as those in a plain list, are left out.
- Afterwards no hook of yours is left, on any module or on all, also where the model raises: the
  exception goes on. Hooks of others stay, and the list that was returned does not grow.
"""

from typing import Any

from torch import Tensor, nn
from torch.nn.modules.module import register_module_forward_hook


def trace(model: nn.Module, x: Tensor) -> list[str]:
    """Run a model and list the modules that it calls.

    Args:
        model: a module. It may raise.
        x: what the model takes.

    Returns:
        The names of the called modules, in the order in which the calls end.

    >>> import torch
    >>> body = nn.Sequential(nn.ReLU(), nn.Identity())
    >>> trace(nn.Sequential(body, nn.ReLU()), torch.ones(2))
    ['0.0', '0.1', '0', '1', '']
    """
    raise NotImplementedError
