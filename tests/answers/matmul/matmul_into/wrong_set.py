"""the call gives out another shape, other strides or other memory"""


def matmul_into(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise ValueError("the shape differs")
    return out.set_(a @ b)
