"""in place and also where it was NaN"""


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else p.grad.detach().sub_(p.grad.detach())
