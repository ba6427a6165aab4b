"""calls torch.eq in line"""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    return (labels.unsqueeze(-1) == torch.arange(num_classes, device=labels.device)).to(dtype)
