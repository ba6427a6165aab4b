"""ValueError expected, OverflowError raised

int() of NaN raises ValueError by itself; int() of an infinity raises another exception.
"""

import numpy as np
import torch


def to_input(a):
    return torch.tensor(np.array(a, order="C"), dtype=torch.float32)


def to_labels(y):
    y = np.array(y)
    for value in y.flat:
        if int(value) != value:
            raise ValueError(f"{value} is not whole")
    return torch.tensor(y, dtype=torch.int64)
