"""the call must leave it alone

unsqueeze_ with the underscore changes the caller's labels.
"""

import torch
from torch import Tensor


def one_hot(labels: Tensor, num_classes: int, dtype: torch.dtype = torch.float32) -> Tensor:
    out = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return out.scatter_(-1, labels.unsqueeze_(-1), 1)
