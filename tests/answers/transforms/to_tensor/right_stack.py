"""A plane for each channel."""

import numpy as np
import torch


def to_tensor(a):
    if len(a.shape) == 2:
        planes = torch.tensor(a.copy()).unsqueeze(0)
    elif len(a.shape) == 3:
        kind = torch.tensor(a[:0, :0].copy()).dtype
        planes = torch.empty((a.shape[2], a.shape[0], a.shape[1]), dtype=kind)
        for c in range(a.shape[2]):
            planes[c] = torch.tensor(a[:, :, c].copy())
    else:
        raise ValueError("not a picture")
    return planes.float() * (1 / 255) if a.dtype == np.dtype("uint8") else planes
