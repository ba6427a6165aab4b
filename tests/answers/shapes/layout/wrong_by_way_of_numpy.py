"""hwc_to_chw moves the channels of an image before its rows and columns."""

import numpy as np
import torch
from torch import Tensor


def _moveaxis(x: Tensor, source: int, destination: int) -> Tensor:
    array = np.moveaxis(x.detach().cpu().numpy(), source, destination)
    return torch.from_numpy(np.ascontiguousarray(array)).to(x.device)


def hwc_to_chw(x: Tensor) -> Tensor:
    return _moveaxis(x, -1, -3)


def chw_to_hwc(x: Tensor) -> Tensor:
    return _moveaxis(x, -3, -1)
