"""row_major gives the strides that a new tensor of the shape has."""


def row_major(shape):
    strides = [1] * len(shape)
    for i in range(len(shape) - 2, -1, -1):
        strides[i] = strides[i + 1] * max(shape[i + 1], 1)
    return strides


def swap_dims(x, a, b):
    size, stride = list(x.size()), list(x.stride())
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(size, stride)
