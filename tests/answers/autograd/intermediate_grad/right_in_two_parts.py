"""The graph cut in two: the gradient at the cut is put in where the first part ends."""

import torch


def through(f, g, x):
    leaf = x.detach().requires_grad_()
    with torch.enable_grad():
        h = f(leaf)
    cut = h.detach().requires_grad_()
    g(cut).backward()
    h.backward(gradient=cut.grad)
    return leaf.grad, cut.grad
