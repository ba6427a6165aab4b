"""Deletes the largest position first."""


def reduced(shape, dim, keepdim):
    n = len(shape)
    if dim is None:
        dim = tuple(range(n))
    if not isinstance(dim, (tuple, list)):
        dim = (dim,)
    out = list(shape)
    for d in sorted((d + n if d < 0 else d for d in dim), reverse=True):
        if keepdim:
            out[d] = 1
        else:
            del out[d]
    return tuple(out)
