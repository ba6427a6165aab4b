"""wrong values:"""

import torch


def append_bias(x):
    wide = torch.cat([x.float(), torch.ones(*x.shape[:-1], 1, device=x.device)], dim=-1)
    return wide.half().to(x.dtype)
