"""wrong values"""


def clamp_into_(x, lo, hi):
    return x.clamp_(lo)


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
