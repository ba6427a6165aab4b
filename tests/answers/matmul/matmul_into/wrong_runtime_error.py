"""ValueError expected, RuntimeError raised"""


def matmul_into(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise RuntimeError("the shape differs")
    return out.copy_(a @ b)
