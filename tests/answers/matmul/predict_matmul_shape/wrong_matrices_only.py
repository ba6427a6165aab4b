"""The shape is the one that a product of two such tensors really has."""


def matmul_shape(a, b):
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-2]:
        raise ValueError("no matrices")
    return (*a[:-2], a[-2], b[-1])
