"""A loop over the flat values, in a copy."""

import torch


def replace_where(x, mask, value):
    flags = mask.expand_as(x).reshape(-1)
    values = list(x.reshape(-1))
    for place, flag in enumerate(flags):
        if flag:
            values[place] = torch.as_tensor(value, dtype=x.dtype, device=x.device)
    return torch.stack(values).view(x.shape) if values else x.clone()
