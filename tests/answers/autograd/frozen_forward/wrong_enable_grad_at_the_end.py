"""False expected, True returned"""

import torch


def frozen(model, x):
    with torch.no_grad():
        output = model(x)
    torch.set_grad_enabled(True)
    return output.detach()
