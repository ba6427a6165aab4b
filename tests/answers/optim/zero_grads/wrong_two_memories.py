"""both names show what is written later"""

import torch


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            if not set_to_none:
                p.grad.detach().zero_()
            p.grad = None if set_to_none else torch.zeros_like(p)
