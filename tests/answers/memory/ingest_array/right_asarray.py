"""np.asarray reads the list; floats are compared with their floor."""

import numpy as np
import torch
from torch import Tensor


def to_input(a: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(a, dtype=np.float32))


def to_labels(y) -> Tensor:
    values = np.asarray(y)
    if values.dtype.kind == "f":
        if not (np.isfinite(values) & (values == np.floor(values))).all():
            raise ValueError("labels must be whole numbers")
    return torch.from_numpy(np.array(values, dtype=np.int64))
