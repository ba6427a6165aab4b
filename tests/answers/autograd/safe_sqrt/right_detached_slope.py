"""The value as a constant, and a gradient that is put in by a product."""

import torch
from torch import Tensor


def safe_sqrt(x: Tensor) -> Tensor:
    with torch.no_grad():
        root = x.clamp(min=0).sqrt()
        slope = torch.where(root > 0, 0.5 / root, 0.0)
        finite = torch.where(x.isinf(), 0.0, x)
    cut = torch.where(x.isinf(), 0.0, x)
    return root + slope * (cut - finite)
