"""final of an LSTM with one direction is the state of the last layer."""

import torch


def last_valid(out, lengths):
    return out[torch.arange(len(out), device=out.device), lengths - 1]


def final(h, layers, bidirectional):
    directions = 2 if bidirectional else 1
    if len(h) != layers * directions:
        raise ValueError("layers")
    return h[-1:] if directions == 1 else torch.cat([h[-2], h[-1]], -1)
