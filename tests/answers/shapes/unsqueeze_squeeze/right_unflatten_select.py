"""Splits a side n into (1, n), or appends with unbind's opposite; select and narrow for squeeze."""


def unsqueeze(x, dim):
    if not -x.dim() - 1 <= dim <= x.dim():
        raise IndexError("out of range")
    dim = dim if dim >= 0 else dim + x.dim() + 1
    if dim == x.dim():
        return x[..., None]
    return x.unflatten(dim, (1, x.shape[dim]))


def squeeze(x, dim=None):
    if dim is not None:
        return x.select(dim, 0) if x.shape[dim] == 1 else x
    while 1 in x.shape:
        x = x.select(list(x.shape).index(1), 0)
    return x
