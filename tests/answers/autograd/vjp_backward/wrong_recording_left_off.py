"""the call leaves torch changed: gradient recording"""

import torch


def vjp(f, x, v):
    torch.set_grad_enabled(True)
    value, product = torch.autograd.functional.vjp(f, x, v)
    torch.set_grad_enabled(False)
    return value, product
