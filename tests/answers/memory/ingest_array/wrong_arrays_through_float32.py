"""to_labels gives an int64 tensor of the array's shape and values"""

import numpy as np
import torch


def to_input(a):
    return torch.from_numpy(np.array(a, dtype=np.float32))


def to_labels(y):
    if isinstance(y, list):
        if any(isinstance(value, float) and not value.is_integer() for value in y):
            raise ValueError("labels must be whole numbers")
        return torch.tensor([int(value) for value in y], dtype=torch.int64)
    if y.dtype.kind != "f":
        return torch.from_numpy(np.array(y, dtype=np.int64))
    y = y.astype(np.float32)
    if not np.isfinite(y).all() or (y != np.floor(y)).any():
        raise ValueError("labels must be whole numbers")
    return torch.from_numpy(np.array(y, dtype=np.int64))
