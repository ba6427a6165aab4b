"""tensors to be on the same device"""

import torch


def gather(x, dim, index):
    dim %= x.dim()
    places, step = torch.zeros(index.shape, dtype=torch.int64), 1
    for d in reversed(range(x.dim())):
        shape = [1] * x.dim()
        shape[d] = index.shape[d]
        places = places + (index if d == dim else torch.arange(index.shape[d]).view(shape)) * step
        step *= x.shape[d]
    return x.reshape(-1)[places]
