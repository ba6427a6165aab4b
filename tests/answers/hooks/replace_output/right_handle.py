"""The handle is a context manager already."""

from torch import nn


def patched(m: nn.Module, fn):
    return m.register_forward_hook(lambda _module, _inputs, output: fn(output))
