"""it requires grad if x does"""


def scale_grad(x, s):
    y = x.clone() if x.requires_grad else x.detach().clone().requires_grad_()
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient * s)
    return y
