"""broadcast_shape computes with numbers, without tensors"""

import torch


def broadcast_shape(*shapes):
    total = torch.zeros((), device="meta")
    for shape in shapes:
        total = total + torch.zeros(shape, device="meta")
    return tuple(total.shape)


def expand_rows(v, n):
    return v.expand(n, -1)


def repeat_rows(v, n):
    return v.repeat(n, 1)
