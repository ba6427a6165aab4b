"""Can't call numpy() on Tensor that requires grad"""


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.numpy()[...] -= lr * p.grad.numpy()
