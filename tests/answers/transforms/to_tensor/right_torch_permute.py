"""A copy first, then permute and contiguous in torch."""

import numpy as np
import torch


def to_tensor(a):
    if a.ndim == 2:
        a = a[:, :, None]
    elif a.ndim != 3:
        raise ValueError("HW or HWC")
    t = torch.from_numpy(a.copy()).permute(2, 0, 1).contiguous().clone()
    if a.dtype == np.uint8:
        t = t.to(torch.float32).div(255)
    return t
