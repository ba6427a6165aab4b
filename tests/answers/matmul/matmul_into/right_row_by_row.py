"""Row by row through views of out."""


def matmul_into(out, a, b):
    if out.shape != a.shape[:1] + b.shape[1:]:
        raise ValueError("shape")
    out.zero_()
    for i in range(a.shape[1]):
        out += a[:, i : i + 1] * b[i]
    return out
