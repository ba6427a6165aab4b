"""torch's own optimizer takes the step."""

import torch


def sgd_step(params, lr):
    params = list(params)
    if params:
        torch.optim.SGD(params, lr=lr).step()
