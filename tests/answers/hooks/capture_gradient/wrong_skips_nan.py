"""a list of 1 expected, a list of 0 returned"""

import torch


def capture(t):
    out = []

    def hook(g):
        if torch.isfinite(g).all():
            out.append(g.detach().clone())

    return out, t.register_hook(hook)
