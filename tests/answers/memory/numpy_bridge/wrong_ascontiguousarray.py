"""numpy_copy gives an array of x's shape, dtype and values, from any device.

ascontiguousarray copies only what is not contiguous yet.
"""

import numpy as np
from torch import Tensor


def numpy_view(x: Tensor) -> np.ndarray:
    return x.detach().numpy()


def numpy_copy(x: Tensor) -> np.ndarray:
    return np.ascontiguousarray(x.detach().cpu().numpy())
