"""those after it are cleared all the same"""


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is None:
            return
        p.grad = None if set_to_none else p.grad.detach().zero_()
