"""yours shares memory with what an earlier call gave"""

import torch

_buffers = {}


def one_hot(labels, num_classes, dtype=torch.float32):
    key = (labels.shape, num_classes, dtype, labels.device)
    if key not in _buffers:
        _buffers[key] = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return _buffers[key].zero_().scatter_(-1, labels.unsqueeze(-1), 1)
