"""calls torch.t in line"""


def row_major(shape):
    strides = [1] * len(shape)
    for i in range(len(shape) - 2, -1, -1):
        strides[i] = strides[i + 1] * max(shape[i + 1], 1)
    return tuple(strides)


def swap_dims(x, a, b):
    if x.dim() == 2 and a % 2 != b % 2:
        return x.t()
    size, stride = list(x.size()), list(x.stride())
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(size, stride)
