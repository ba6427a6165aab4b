"""a view of x in which the dimensions a and b have changed places"""


def row_major(shape):
    strides = [1] * len(shape)
    for i in range(len(shape) - 2, -1, -1):
        strides[i] = strides[i + 1] * max(shape[i + 1], 1)
    return tuple(strides)


def swap_dims(x, a, b):
    if x.dim() < 2:
        return x
    size, stride = list(x.size()), list(x.stride())
    size[-1], size[-2] = size[-2], size[-1]
    stride[-1], stride[-2] = stride[-2], stride[-1]
    return x.as_strided(size, stride)
