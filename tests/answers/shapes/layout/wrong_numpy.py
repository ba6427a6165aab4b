"""Got unsupported ScalarType BFloat16"""

import numpy as np
import torch


def hwc_to_chw(x):
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(x.numpy(), -1, -3)))


def chw_to_hwc(x):
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(x.numpy(), -3, -1)))
