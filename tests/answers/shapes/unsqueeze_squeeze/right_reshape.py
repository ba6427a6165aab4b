"""reshape, lists and pop; squeeze() calls itself from the last dimension on."""


def unsqueeze(x, dim):
    n = x.ndim + 1
    if dim >= n or dim < -n:
        raise IndexError(f"Dimension out of range: {dim}")
    shape = list(x.shape)
    shape.insert(dim % n, 1)
    return x.reshape(shape)


def squeeze(x, dim=None):
    if dim is None:
        for d in reversed(range(x.ndim)):
            x = squeeze(x, d)
        return x
    shape = list(x.shape)
    if shape[dim] == 1:
        shape.pop(dim)
    return x.reshape(shape)
