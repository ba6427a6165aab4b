"""wrong dtype: int64 expected, float32 returned"""


def invert(p):
    return p.argsort(-1).float()


def restore(x, p):
    return x.gather(-1, p.argsort(-1))
