"""torch.tensor copies once more what numpy has copied."""

import numpy as np
import torch


def to_input(a: np.ndarray) -> torch.Tensor:
    return torch.tensor(a.copy(), dtype=torch.float32)


def to_labels(y):
    y = np.array(y)
    labels = y.astype(np.int64)
    if (labels != y).any():
        raise ValueError("fractions")
    return torch.tensor(labels)
