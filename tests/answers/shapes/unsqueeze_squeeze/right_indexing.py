"""None as an index for unsqueeze, 0 as an index for squeeze."""


def unsqueeze(x, dim):
    if dim < 0:
        dim += x.dim() + 1
    if dim < 0 or dim > x.dim():
        raise IndexError("dim out of range")
    return x[(slice(None),) * dim + (None,)]


def squeeze(x, dim=None):
    if dim is None:
        return x[tuple(0 if n == 1 else slice(None) for n in x.shape)]
    if dim < -x.dim() or dim >= x.dim():
        raise IndexError("dim out of range")
    dim %= x.dim()
    if x.size(dim) != 1:
        return x
    return x[(slice(None),) * dim + (0,)]
