"""Index tensors of zeros copy a row as often as wanted; contiguous of the view where it copies."""

import torch


def broadcast_shape(*shapes):
    n = max((len(s) for s in shapes), default=0)
    out = []
    for k in range(n, 0, -1):
        column = {s[-k] for s in shapes if len(s) >= k and s[-k] != 1}
        if len(column) > 1:
            raise ValueError(column)
        out += list(column) or [1]
    return tuple(out)


def expand_rows(v, n):
    return v[None].expand([n, -1])


def repeat_rows(v, n):
    return v[None][torch.zeros(n, dtype=torch.long, device=v.device)]
