"""calls torch.transpose in line"""


def row_major(shape):
    strides = [1] * len(shape)
    for i in range(len(shape) - 2, -1, -1):
        strides[i] = strides[i + 1] * max(shape[i + 1], 1)
    return tuple(strides)


def swap_dims(x, a, b):
    return x.data.transpose_(a, b)
