"""A write to the array is not seen in to_input's result"""

import numpy as np
import torch


def to_input(a):
    if any(stride < 0 for stride in a.strides):
        a = a.copy()
    return torch.as_tensor(a, dtype=torch.float32)


def to_labels(y):
    y = np.array(y)
    if (y % 1 != 0).any():
        raise ValueError
    return torch.from_numpy(y.astype(np.int64))
