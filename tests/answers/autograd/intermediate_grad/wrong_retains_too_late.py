"""a tensor expected, None returned"""


def through(f, g, x):
    leaf = x.detach().requires_grad_()
    h = f(leaf)
    g(h).backward()
    h.retain_grad()
    return leaf.grad, None if h is leaf else h.grad
