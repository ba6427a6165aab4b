"""A list, with the dtype said; the empty shapes put back."""

import numpy as np
import torch


def numpy_view(x):
    with torch.no_grad():
        return x.detach().numpy()


def numpy_copy(x):
    dtype = torch.empty(0, dtype=x.dtype).numpy().dtype
    return np.array(x.tolist(), dtype=dtype).reshape(tuple(x.shape))
