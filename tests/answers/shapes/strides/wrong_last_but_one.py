"""row_major gives the strides that a new tensor of the shape has"""


def row_major(shape):
    return tuple(max(side, 1) for side in shape[1:]) + (1,) * bool(shape)


def swap_dims(x, a, b):
    size, stride = list(x.size()), list(x.stride())
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(size, stride)
