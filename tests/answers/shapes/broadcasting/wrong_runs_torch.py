"""broadcast_shape computes with numbers, without tensors"""

import torch


def broadcast_shape(*shapes):
    try:
        return tuple(torch.broadcast_shapes(*shapes))
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def expand_rows(v, n):
    return v.expand(n, -1)


def repeat_rows(v, n):
    return v.repeat(n, 1)
