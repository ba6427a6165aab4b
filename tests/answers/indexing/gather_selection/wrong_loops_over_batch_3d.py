"""for size 16: it loops"""

import torch


def select(x, index):
    if x.dim() > 2 and len(x):
        return torch.stack([select(a, b) for a, b in zip(x, index)])
    return x.gather(-1, index.unsqueeze(-1)).squeeze(-1)
