"""object of type 'generator' has no len()"""


def zero_grads(params, set_to_none=True):
    for i in range(len(params)):
        if params[i].grad is not None:
            params[i].grad = None if set_to_none else params[i].grad.detach().zero_()
