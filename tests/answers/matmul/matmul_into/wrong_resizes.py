"""ValueError expected; nothing was raised"""


def matmul_into(out, a, b):
    return out.resize_(a.shape[0], b.shape[1]).copy_(a @ b)
