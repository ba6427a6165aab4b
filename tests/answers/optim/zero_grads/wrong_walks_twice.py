"""params can be any iterable"""


def zero_grads(params, set_to_none=True):
    if all(p.grad is None for p in params):
        return
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else p.grad.detach().zero_()
