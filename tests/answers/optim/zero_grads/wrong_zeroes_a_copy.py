"""With set_to_none=False every .grad becomes 0"""


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            if set_to_none:
                p.grad = None
            else:
                p.grad.clone().zero_()
