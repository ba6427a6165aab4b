"""a tensor expected, None returned"""


def through(f, g, x):
    leaf = x.detach().requires_grad_()
    leaf.retain_grad()
    h = f(leaf)
    g(h).backward()
    return leaf.grad, h.grad if h is leaf else None
