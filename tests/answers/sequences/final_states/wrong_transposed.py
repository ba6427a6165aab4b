"""final of both directions has the last layer's halves side by side, forward first."""

import torch


def last_valid(out, lengths):
    return out[torch.arange(len(out), device=out.device), lengths - 1]


def final(h, layers, bidirectional):
    directions = 2 if bidirectional else 1
    if len(h) != layers * directions:
        raise ValueError("layers")
    return h[-directions:].transpose(0, 1).transpose(1, 2).flatten(1)
