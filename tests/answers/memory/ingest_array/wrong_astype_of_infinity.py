"""ValueError expected; nothing was raised

The floor of an infinity is the infinity itself, and int64 has none.
"""

import numpy as np
import torch


def to_input(a):
    return torch.from_numpy(a.astype(np.float32))


def to_labels(y):
    y = np.asarray(y)
    if y.dtype.kind == "f" and not (np.floor(y) == y).all():
        raise ValueError(f"not whole numbers: {y}")
    return torch.from_numpy(y.astype("int64"))
