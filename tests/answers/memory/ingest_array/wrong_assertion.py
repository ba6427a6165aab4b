"""ValueError expected, AssertionError raised"""

import numpy as np
import torch


def to_input(a):
    return torch.from_numpy(a.astype(np.float32))


def to_labels(y):
    y = np.array(y)
    assert (y % 1 == 0).all()
    return torch.from_numpy(y.astype(np.int64))
