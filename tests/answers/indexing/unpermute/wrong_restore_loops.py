"""for size 16: it loops"""


def invert(p):
    return p.argsort(-1)


def restore(x, p):
    result = x.clone()
    q = invert(p)
    for place in range(p.shape[-1]):
        result[..., place] = x.gather(-1, q[..., place : place + 1]).squeeze(-1)
    return result
