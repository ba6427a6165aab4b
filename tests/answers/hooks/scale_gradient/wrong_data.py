"""Each gradient that arrives at the result goes on to x multiplied by s."""


def scale_grad(x, s):
    y = x.clone()
    if y.requires_grad:

        def hook(gradient):
            gradient.data *= s

        y.register_hook(hook)
    return y
