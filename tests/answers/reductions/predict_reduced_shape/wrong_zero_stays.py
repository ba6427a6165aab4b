"""One dimension is gone, or has length 1 with keepdim"""


def reduced(shape, dim, keepdim):
    n = len(shape)
    dims = range(n) if dim is None else [dim] if isinstance(dim, int) else dim
    gone = [d % n for d in dims]
    if keepdim:
        return tuple(min(1, s) if i in gone else s for i, s in enumerate(shape))
    return tuple(s for i, s in enumerate(shape) if i not in gone)
