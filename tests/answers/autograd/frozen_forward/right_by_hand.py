"""The grad mode is noted, switched off and put back."""

import torch


def frozen(model, x):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        output = model(x)
    finally:
        torch.set_grad_enabled(before)
    return output.detach()
