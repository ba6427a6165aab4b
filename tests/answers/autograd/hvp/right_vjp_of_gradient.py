"""The Hessian is symmetric, so the vector-Jacobian product of the gradient is H v, too."""

import torch


def second_derivative(f, x):
    first = torch.func.grad(lambda z: f(z).sum())
    return torch.func.grad(lambda z: first(z).sum())(x.detach()).detach()


def hvp(f, x, v):
    _, pull_back = torch.func.vjp(torch.func.grad(f), x.detach())
    return pull_back(v)[0].detach()
