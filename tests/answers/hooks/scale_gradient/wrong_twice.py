"""Each gradient that arrives at the result goes on to x multiplied by s."""


def scale_grad(x, s):
    y = x.clone()
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient * s)
        y.register_hook(lambda gradient: gradient * s)
    return y
