"""A write to x is not seen in numpy_copy's array"""

import numpy as np


def numpy_view(x):
    return x.detach().numpy()


def numpy_copy(x):
    return np.ascontiguousarray(x.detach().cpu().numpy()).reshape(tuple(x.shape))
