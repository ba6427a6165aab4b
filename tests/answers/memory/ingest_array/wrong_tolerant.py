"""to_labels raises ValueError where a value has a fraction"""

import numpy as np
import torch
from torch import Tensor


def to_input(a: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(a, dtype=np.float32))


def to_labels(y) -> Tensor:
    if isinstance(y, list):
        if any(value != value or abs(value - round(value)) > 1e-6 for value in y):
            raise ValueError("labels must be whole numbers")
        return torch.tensor([round(value) for value in y], dtype=torch.int64)
    if y.dtype.kind == "f":
        if not np.allclose(y, np.round(y)):
            raise ValueError("labels must be whole numbers")
        y = np.round(y)
    return torch.from_numpy(np.array(y, dtype=np.int64))
