"""wrong dtype:"""

import torch


def select(x, index):
    values = torch.empty(index.shape, device=x.device)
    values[...] = x.gather(-1, index.unsqueeze(-1)).squeeze(-1)
    return values
