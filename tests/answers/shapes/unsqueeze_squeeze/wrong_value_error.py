"""IndexError expected, ValueError raised"""


def unsqueeze(x, dim):
    if not -x.dim() - 1 <= dim <= x.dim():
        raise ValueError("dim out of range")
    dim %= x.dim() + 1
    return x.view(*x.shape[:dim], 1, *x.shape[dim:])


def squeeze(x, dim=None):
    if dim is None:
        return x.view([n for n in x.shape if n != 1])
    return x.select(dim, 0) if x.shape[dim] == 1 else x
