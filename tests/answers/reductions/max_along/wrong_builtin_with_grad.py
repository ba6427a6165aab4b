"""calls torch.max in line"""

import torch


def max_along(x, dim, keepdim=False):
    if x.requires_grad:
        return tuple(x.max(dim, keepdim))
    i = x.argmax(dim, keepdim=True)
    v = x.gather(dim, i)
    return (v, i) if keepdim else (v.squeeze(dim), i.squeeze(dim))


def argmax_coords(x):
    return tuple(int(i) for i in torch.unravel_index(x.argmax(), x.shape))
