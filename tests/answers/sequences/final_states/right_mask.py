"""A mask that selects; hstack."""

import torch


def last_valid(out, lengths):
    time = out.shape[1]
    mask = torch.arange(time, device=out.device).unsqueeze(0) == (lengths - 1).unsqueeze(1)
    return out[mask]


def final(h, layers, bidirectional):
    count = layers * (bidirectional + 1)
    if len(h) != count:
        raise ValueError(count)
    return torch.hstack((h[count - 2], h[count - 1])) if bidirectional else h[count - 1]
