"""without any of its dimensions of length 1"""


def unsqueeze(x, dim):
    if not -x.dim() - 1 <= dim <= x.dim():
        raise IndexError("dim out of range")
    dim %= x.dim() + 1
    return x.view(*x.shape[:dim], 1, *x.shape[dim:])


def squeeze(x, dim=None):
    if dim is None:
        dim = list(x.shape).index(1) if 1 in x.shape else None
        return x if dim is None else x.select(dim, 0)
    return x.select(dim, 0) if x.shape[dim] == 1 else x
