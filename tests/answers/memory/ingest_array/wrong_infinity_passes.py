"""to_labels raises ValueError where a value has a fraction"""

import numpy as np
import torch
from torch import Tensor


def to_input(a: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(a, dtype=np.float32))


def to_labels(y) -> Tensor:
    if isinstance(y, list):
        for value in y:
            if isinstance(value, float) and (
                value != value or (abs(value) != float("inf") and value != int(value))
            ):
                raise ValueError("labels must be whole numbers")
        y = np.array([value if isinstance(value, float) else int(value) for value in y] or [0])[
            : len(y)
        ]
    if y.dtype.kind == "f" and not (np.trunc(y) == y).all():
        raise ValueError("labels must be whole numbers")
    with np.errstate(invalid="ignore"):
        return torch.from_numpy(np.array(y, dtype=np.int64))
