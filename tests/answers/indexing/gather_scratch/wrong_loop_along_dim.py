"""for size 16: it loops"""

import torch


def gather(x, dim, index):
    for d in range(x.dim()):
        if d != dim % x.dim():
            x = x.narrow(d, 0, index.shape[d])
    values = x.new_zeros(index.shape)
    for place in range(x.shape[dim]):
        values = torch.where(index == place, x.narrow(dim, place, 1), values)
    return values
