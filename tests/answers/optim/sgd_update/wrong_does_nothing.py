"""No parameter was written to"""


def sgd_step(params, lr):
    for p in params:
        if p.grad is None:
            return
