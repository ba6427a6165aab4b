"""A copy in numpy, wrapped; a list one number at a time."""

import numpy as np
import torch
from torch import Tensor


def to_input(a: np.ndarray) -> Tensor:
    return torch.from_numpy(a.copy()).float()


def to_labels(y) -> Tensor:
    if isinstance(y, list):
        for value in y:
            if isinstance(value, float) and not value.is_integer():
                raise ValueError("labels must be whole numbers")
        return torch.tensor([int(value) for value in y], dtype=torch.int64)
    if np.issubdtype(y.dtype, np.floating) and not (np.isfinite(y) & (np.trunc(y) == y)).all():
        raise ValueError("labels must be whole numbers")
    return torch.from_numpy(np.array(y, dtype=np.int64))
