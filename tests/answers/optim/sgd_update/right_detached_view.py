"""A detached view shares memory and the version counter with its parameter."""


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.detach().sub_(lr * p.grad)
