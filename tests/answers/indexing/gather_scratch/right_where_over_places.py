"""Every place along dim beside every place of the index; torch.where keeps the one named."""

import torch


def gather(x, dim, index):
    dim = dim % x.dim()
    for d in range(x.dim()):
        if d != dim:
            x = x.narrow(d, 0, index.shape[d])
    if index.numel() == 0:
        return x.new_zeros(index.shape)
    values = x.movedim(dim, -1).unsqueeze(-2)
    wanted = index.movedim(dim, -1).unsqueeze(-1)
    named = wanted == torch.arange(values.shape[-1], device=x.device)
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    picked = torch.where(named, values, zero).sum(-1, dtype=x.dtype)
    return picked.movedim(-1, dim)
