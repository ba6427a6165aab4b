"""All the work in numpy."""

import numpy as np
import torch


def to_tensor(a: np.ndarray) -> torch.Tensor:
    if a.ndim not in {2, 3}:
        raise ValueError(a.shape)
    chw = np.expand_dims(a, 0) if a.ndim == 2 else np.moveaxis(a, 2, 0)
    if chw.dtype == np.uint8:
        chw = (chw / 255.0).astype(np.float32)
    return torch.tensor(np.ascontiguousarray(chw))
