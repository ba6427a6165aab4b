"""addmm_ with beta=0, which ignores what was there."""


class WrongShape(ValueError):
    pass


def matmul_into(out, a, b):
    if out.dim() != 2 or len(out) != len(a) or out.shape[1] != b.shape[1]:
        raise WrongShape(out.shape)
    out.addmm_(a, b, beta=0)
    return out
