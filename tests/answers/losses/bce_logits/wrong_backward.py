"""calls Tensor.backward"""

import torch.nn.functional as F


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return (F.softplus(logits) - logits * y).mean()


def grads(x, y, w, b):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    bce(x @ w + b, y).backward()
    return w.grad, b.grad
