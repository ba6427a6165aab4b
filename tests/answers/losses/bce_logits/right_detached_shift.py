"""A shift by a detached maximum, and addmv."""

import torch
from torch import Tensor


def bce(logits: Tensor, y: Tensor) -> Tensor:
    if logits.shape != y.shape:
        raise ValueError("one label for each logit")
    m = logits.detach().clamp(min=0)
    lse = m + ((-m).exp() + (logits - m).exp()).log()
    return (lse - logits * y).mean()


def grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    w, b = w.detach(), b.detach()
    residual = (torch.special.expit(x.matmul(w).add(b)) - y).div(y.numel())
    return residual.matmul(x), residual.sum()
