"""wrong values"""


def sgd_step(params, lr):
    for i in range(len(params)):
        if params[i].grad is not None:
            params[i] = (params[i] - lr * params[i].grad).detach().requires_grad_()
