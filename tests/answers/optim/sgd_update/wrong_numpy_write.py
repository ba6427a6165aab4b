"""A write that goes round p itself"""


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            array = p.detach().numpy()
            array -= lr * p.grad.numpy()
