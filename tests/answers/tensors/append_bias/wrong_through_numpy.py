"""Each row is that of x with a 1 behind it, in x's dtype, whatever the shape of x."""

import numpy as np
import torch


def append_bias(x):
    a = x.numpy()
    return torch.from_numpy(np.concatenate([a, np.ones_like(a[..., :1])], -1))
