"""F.normalize divides by the sum; a running logaddexp for the logarithm."""

import torch
import torch.nn.functional as F


def softmax(x, dim):
    return F.normalize(torch.exp(x - x.amax(dim, keepdim=True)), p=1.0, dim=dim)


def log_softmax(x, dim):
    total = x.select(dim, 0)
    for column in x.unbind(dim)[1:]:
        total = torch.maximum(total, column) + torch.log1p(
            torch.exp(-(total - column).abs().nan_to_num(0.0, posinf=float("inf")))
        )
    return x - total.unsqueeze(dim)
