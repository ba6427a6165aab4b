"""A pair of indices; slices of h."""

import torch


def last_valid(out, lengths):
    rows = torch.arange(out.shape[0], device=out.device)
    return out[rows, lengths - 1, :]


def final(h, layers, bidirectional):
    if bidirectional:
        if h.shape[0] != 2 * layers:
            raise ValueError(f"{h.shape[0]} states for {layers} layers")
        return torch.cat((h[-2], h[-1]), dim=1)
    if h.shape[0] != layers:
        raise ValueError(f"{h.shape[0]} states for {layers} layers")
    return h[-1]
