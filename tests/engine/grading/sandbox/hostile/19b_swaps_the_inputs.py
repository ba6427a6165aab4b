"""Puts other memory, other shapes and other tensors in the place of its inputs."""
# exercise: autograd/vjp_backward
# verdict: nothing

import contextlib
import gc

import torch


def vjp(f, x, v):
    for tensor in (x, v):
        with contextlib.suppress(Exception):
            tensor.data = torch.zeros_like(tensor)
        with contextlib.suppress(Exception):
            tensor.untyped_storage().fill_(0)
        with contextlib.suppress(Exception):
            tensor.requires_grad_(False).set_(torch.zeros(tensor.shape, dtype=tensor.dtype))
        with contextlib.suppress(Exception):
            tensor._bump_version = tensor._version_counter = None
        for holder in gc.get_referrers(tensor):
            if type(holder) is dict:
                for key, value in list(holder.items()):
                    if value is tensor:
                        holder[key] = torch.zeros_like(tensor)
    return f(torch.zeros_like(x)).detach() * 0, torch.zeros_like(x)
