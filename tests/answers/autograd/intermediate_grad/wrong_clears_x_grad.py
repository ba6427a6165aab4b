"""x.grad must be set after the call; it is None"""


def through(f, g, x):
    required = x.requires_grad
    x.grad = None
    x.requires_grad_()
    h = f(x)
    h.retain_grad()
    g(h).backward()
    gradients = x.grad, h.grad
    x.grad = None
    x.requires_grad_(required)
    return gradients
