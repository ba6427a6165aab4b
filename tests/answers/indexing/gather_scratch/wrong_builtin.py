"""calls torch.gather in line"""

import torch


def gather(x, dim, index):
    return torch.gather(x, dim, index)
