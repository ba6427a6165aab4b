"""final raises ValueError where h has another number of states than the layers have."""

import torch
from torch import Tensor


def last_valid(out: Tensor, lengths: Tensor) -> Tensor:
    return out.take_along_dim((lengths - 1)[:, None, None], dim=1).squeeze(1)


def final(h: Tensor, layers: int, bidirectional: bool) -> Tensor:
    directions = 2 if bidirectional else 1
    if len(h) < layers * directions:
        raise ValueError(f"h of shape {tuple(h.shape)} is not that of {layers=}, {bidirectional=}")
    return torch.cat(h[-directions:].unbind(), dim=1)
