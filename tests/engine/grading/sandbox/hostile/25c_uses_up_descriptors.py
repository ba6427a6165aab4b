"""Opens descriptors until it gets no more, and keeps them."""
# exercise: indexing/one_hot
# verdict: nothing

import os

import torch

KEPT = []


def one_hot(labels, num_classes, dtype=torch.float32):
    try:
        while True:
            KEPT.extend(os.pipe())
    except OSError:
        pass
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
