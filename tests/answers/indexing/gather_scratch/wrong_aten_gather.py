"""calls torch.gather in line"""

import torch


def gather(x, dim, index):
    return torch.ops.aten.gather(x, dim, index)
