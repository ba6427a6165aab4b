"""Recording is switched off and back on by hand; the values are set by an index."""

import torch


def sgd_step(params, lr):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        for p in params:
            if p.grad is not None:
                p[...] = torch.sub(p, p.grad, alpha=lr)
    finally:
        torch.set_grad_enabled(before)
