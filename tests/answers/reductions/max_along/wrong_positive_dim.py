"""max_along gives the largest values along dim"""

import torch


def max_along(x, dim, keepdim=False):
    i = x.argmax(dim, keepdim=True)
    v = x.gather(dim, i)
    if keepdim:
        return v, i
    shape = [side for d, side in enumerate(x.shape) if d != dim]
    return v.reshape(shape), i.reshape(shape)


def argmax_coords(x):
    return tuple(int(i) for i in torch.unravel_index(x.argmax(), x.shape))
