"""to(copy=True) copies always."""

import numpy as np
import torch


def numpy_view(x: torch.Tensor) -> np.ndarray:
    if x.requires_grad:
        x = x.detach()
    return x.numpy()


def numpy_copy(x: torch.Tensor) -> np.ndarray:
    return x.detach().to("cpu", copy=True).numpy()
