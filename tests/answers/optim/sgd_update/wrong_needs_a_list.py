"""object of type 'generator' has no len()"""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for i in range(len(params)):
            if params[i].grad is not None:
                params[i] -= lr * params[i].grad
