"""params can be any iterable: a generator, too, which can be walked only once."""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for i in range(len(params)):
            if params[i].grad is not None:
                params[i] -= lr * params[i].grad
