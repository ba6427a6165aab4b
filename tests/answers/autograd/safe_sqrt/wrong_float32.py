"""wrong dtype"""

import torch


def safe_sqrt(x):
    positive = x > 0
    return torch.where(positive, torch.where(positive, x, 1).sqrt(), 0).float()
