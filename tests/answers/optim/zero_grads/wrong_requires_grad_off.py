"""params[0].requires_grad must be True after the call; it is False"""


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else p.grad.detach().zero_()
            p.requires_grad_(False)
