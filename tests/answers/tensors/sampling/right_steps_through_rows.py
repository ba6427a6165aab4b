"""Fisher and Yates: swaps each row number with one at or below it."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    out = torch.rand(size, generator=generator, dtype=dtype, device=device)
    out *= high - low
    out += low
    return out


def shuffle_together(x, y, *, generator=None):
    order = list(range(len(x)))
    for i in range(len(order) - 1, 0, -1):
        j = int(torch.randint(i + 1, (1,), generator=generator, device=x.device))
        order[i], order[j] = order[j], order[i]
    return x[order], y[order]
