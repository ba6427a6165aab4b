"""torch's own optimizer clears, where there is something to clear."""

import torch


def zero_grads(params, set_to_none=True):
    params = list(params)
    if params:
        torch.optim.SGD(params, lr=1.0).zero_grad(set_to_none=set_to_none)
