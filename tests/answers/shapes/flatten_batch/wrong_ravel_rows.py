"""a view where x's layout allows it"""

import torch


def flatten_from(x, start=1):
    if start == 0:
        return x.ravel()
    if len(x) == 0:
        n = 1
        for side in x.shape[start:]:
            n *= side
        return x.new_zeros(*x.shape[:start], n)
    return torch.stack([flatten_from(row, start - 1) for row in x])
