"""Returns one element expanded to ten million million."""
# exercise: indexing/one_hot
# verdict: nothing

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(1, dtype=dtype, device=labels.device).expand(10**13)
