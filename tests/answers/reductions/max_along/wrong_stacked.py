"""max_along gives the largest values along dim and the first index of each, in x's layout."""

import torch


def max_along(x, dim, keepdim=False):
    i = x.argmax(dim, keepdim=True)
    both = torch.stack([x.gather(dim, i), i.to(x.dtype)])
    return both if keepdim else both.squeeze(dim if dim < 0 else dim + 1)


def argmax_coords(x):
    return tuple(int(i) for i in torch.unravel_index(x.argmax(), x.shape))
