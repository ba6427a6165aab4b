"""A method whose name ends in an underscore changes the tensor itself

Switches requires_grad off on the caller's tensor.
"""

import numpy as np
from torch import Tensor


def numpy_view(x: Tensor) -> np.ndarray:
    if x.requires_grad and x.is_leaf:
        x.requires_grad_(False)
        return x.numpy()
    return x.detach().numpy()


def numpy_copy(x: Tensor) -> np.ndarray:
    return x.detach().cpu().numpy().copy()
