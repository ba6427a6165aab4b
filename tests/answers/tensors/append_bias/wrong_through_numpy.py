"""raises"""

import numpy as np
import torch


def append_bias(x):
    a = x.numpy()
    return torch.from_numpy(np.concatenate([a, np.ones_like(a[..., :1])], -1))
