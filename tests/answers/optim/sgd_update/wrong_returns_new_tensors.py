"""wrong values"""


def sgd_step(params, lr):
    return [p if p.grad is None else p - lr * p.grad for p in params]
