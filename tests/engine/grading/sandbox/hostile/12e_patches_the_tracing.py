"""Blinds what counts and forbids operations, and answers wrongly all the same."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import sys

import torch
import torch.nn.functional as F

for owner, module in list(sys.modules.items()):
    if owner.startswith("torchkata"):
        for name in ("Recorder", "NoOperations"):
            with contextlib.suppress(AttributeError):
                kind = getattr(module, name)
                kind.__torch_function__ = lambda self, func, types, args=(), kwargs=None: func(
                    *args, **(kwargs or {})
                )
                kind.__enter__ = lambda self: self
                kind.__exit__ = lambda self, *_: None


def one_hot(labels, num_classes, dtype=torch.float32):
    return F.one_hot(labels, num_classes).flip(-1).to(dtype) * 2
