"""dim brought to the end, the rest flattened to rows, and written to a copy through a view."""

import torch


def scatter(x, dim, index, src):
    result = torch.empty_like(x, memory_format=torch.contiguous_format).copy_(x)
    rows = result.movedim(dim, -1)
    picks = index.movedim(dim, -1)
    sides = [torch.arange(n, device=x.device) for n in picks.shape[:-1]]
    grid = [side.view(-1, *[1] * (x.dim() - 1 - d)) for d, side in enumerate(sides)]
    if isinstance(src, (int, float)):
        rows[(*grid, picks)] = src
    else:
        src = src.movedim(dim, -1)
        rows[(*grid, picks)] = src[tuple(slice(n) for n in picks.shape)]
    return result
