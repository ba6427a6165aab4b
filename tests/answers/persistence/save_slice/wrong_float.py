"""wrong dtype"""

import torch


def save_slice(path, x):
    torch.save(x.detach().clone().float(), path)
