"""A uint8 picture becomes float32 in [0, 1], with the channels in front."""

import numpy as np
import torch


def to_tensor(a):
    if a.ndim not in (2, 3):
        raise ValueError
    t = torch.from_numpy(a)
    t = t[None] if a.ndim == 2 else t.permute(2, 0, 1)
    t = t.clone(memory_format=torch.contiguous_format)
    return t.float() / 255 if a.dtype == np.uint8 else t
