"""argmin of the opposite for the coordinates; the matrix way for the values."""

import torch


def max_along(x, dim, keepdim=False):
    rows = x.movedim(dim, -1)
    flat = rows.reshape(-1, rows.shape[-1])
    indices = flat.argmax(1)
    values = flat[torch.arange(len(flat), device=x.device), indices]
    values, indices = values.view(rows.shape[:-1]), indices.view(rows.shape[:-1])
    if keepdim:
        return values.unsqueeze(dim), indices.unsqueeze(dim)
    return values, indices


def argmax_coords(x):
    flat = int((-x).contiguous().view(-1).argmin())
    coords = ()
    for side in list(x.size())[::-1]:
        coords = (flat % side,) + coords
        flat = flat // side
    return coords
