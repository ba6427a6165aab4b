"""an int expected, a tensor returned"""

import torch


def max_along(x, dim, keepdim=False):
    i = x.argmax(dim, keepdim=True)
    v = x.gather(dim, i)
    return (v, i) if keepdim else (v.squeeze(dim), i.squeeze(dim))


def argmax_coords(x):
    return torch.unravel_index(x.argmax(), x.shape)
