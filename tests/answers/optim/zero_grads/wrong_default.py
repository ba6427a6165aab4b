"""has other parameters than zero_grads(params, set_to_none=True)"""


def zero_grads(params, set_to_none):
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else p.grad.detach().zero_()
