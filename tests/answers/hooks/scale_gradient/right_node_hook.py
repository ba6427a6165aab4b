"""A prehook on the node of the graph."""


def scale_grad(x, s):
    y = x[...]
    if y.grad_fn is not None:
        y.grad_fn.register_prehook(lambda gradients: tuple(each * s for each in gradients))
    return y
