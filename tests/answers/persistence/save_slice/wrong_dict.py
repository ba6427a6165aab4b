"""a tensor expected, a dict of"""

import torch


def save_slice(path, x):
    torch.save({"x": x.detach().clone()}, path)
