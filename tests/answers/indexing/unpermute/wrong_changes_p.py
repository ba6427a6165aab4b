"""p was written to; the call must leave it alone"""


def invert(p):
    inverse = p.argsort(-1)
    p += 0
    return inverse


def restore(x, p):
    return x.gather(-1, p.argsort(-1))
