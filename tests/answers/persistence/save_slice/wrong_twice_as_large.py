"""What is loaded of a column or the like has a storage for its elements"""

import torch


def save_slice(path, x):
    both = torch.stack([x.detach(), x.detach()])
    torch.save(both[0], path)
