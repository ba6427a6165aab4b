"""all tensors"""

import torch


def last_valid(out, lengths):
    index = (torch.arange(out.shape[1]) == lengths[:, None] - 1).long().argmax(1)
    return out[torch.arange(len(out)), index]


def final(h, layers, bidirectional):
    directions = 2 if bidirectional else 1
    if len(h) != layers * directions:
        raise ValueError("layers")
    return torch.cat(list(h[-directions:]), -1)
