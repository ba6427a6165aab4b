"""lengths was written to; the call must leave it alone"""

import torch


def last_valid(out, lengths):
    lengths -= 1
    return out[torch.arange(len(out), device=out.device), lengths]


def final(h, layers, bidirectional):
    directions = 2 if bidirectional else 1
    if len(h) != layers * directions:
        raise ValueError("layers")
    return torch.cat(list(h[-directions:]), -1)
