"""max_along gives the largest values along dim"""

import torch


def max_along(x, dim, keepdim=False):
    i = x.argmax(dim, keepdim=True)
    v = x.gather(dim, i)
    return (i, v) if keepdim else (i.squeeze(dim), v.squeeze(dim))


def argmax_coords(x):
    return tuple(int(i) for i in torch.unravel_index(x.argmax(), x.shape))
