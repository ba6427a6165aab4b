"""the call leaves torch changed"""

import torch


def zeros_shaped(x, shape):
    if x.is_floating_point():
        torch.set_default_dtype(x.dtype)
    return torch.zeros(shape, device=x.device).to(x.dtype)
