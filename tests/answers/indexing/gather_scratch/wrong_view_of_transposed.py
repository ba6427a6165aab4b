"""view size is not compatible"""

import torch


def gather(x, dim, index):
    dim %= x.dim()
    places, step = 0, 1
    for d in reversed(range(x.dim())):
        shape = [1] * x.dim()
        shape[d] = index.shape[d]
        along = index if d == dim else torch.arange(index.shape[d], device=x.device).view(shape)
        places = places + along * step
        step *= x.shape[d]
    return x.view(-1)[places]
