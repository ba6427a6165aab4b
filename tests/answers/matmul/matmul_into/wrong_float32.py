"""out has the values of a @ b"""


def matmul_into(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise ValueError("the shape differs")
    return out.copy_(a.float() @ b.float())
