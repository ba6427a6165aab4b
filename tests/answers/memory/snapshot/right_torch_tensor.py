"""torch.tensor copies, and warns that detach and clone are clearer."""

import torch


def snapshot(x):
    return torch.tensor(x)
