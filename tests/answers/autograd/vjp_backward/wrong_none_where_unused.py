"""a tensor expected, None returned"""


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    if y.requires_grad:
        y.backward(v)
    return y.detach(), leaf.grad
