"""One dimension is gone, or has length 1 with keepdim, as when the sum is really taken."""


def reduced(shape, dim, keepdim):
    n = len(shape)
    dims = range(n) if dim is None else [dim] if isinstance(dim, int) else dim
    gone = [d % n for d in dims]
    if keepdim:
        return [1 if i in gone else s for i, s in enumerate(shape)]
    return [s for i, s in enumerate(shape) if i not in gone]
