"""index_select in the flattened steps."""

import torch


def last_valid(out, lengths):
    n, t, f = out.shape
    flat = out.reshape(n * t, f)
    return flat.index_select(0, torch.arange(n, device=out.device) * t + lengths - 1)


def final(h, layers, bidirectional):
    d = 2 if bidirectional else 1
    if h.shape[0] / d != layers:
        raise ValueError("layers")
    last = h.unflatten(0, (layers, d))[-1]
    return last.permute(1, 0, 2).flatten(1)
