"""False expected, True returned"""

import torch


def frozen(model, x):
    with torch.no_grad():
        x = x.clone()
    with torch.enable_grad():
        return model(x).detach()
