"""Adds 0 times the leaf, so that there is always a graph."""


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    anchored = y + 0 * leaf.sum()
    anchored.backward(v)
    return y.detach(), leaf.grad
