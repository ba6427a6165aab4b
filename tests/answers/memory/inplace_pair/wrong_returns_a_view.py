"""clamp_into_"""


def clamp_into_(x, lo, hi):
    x.clamp_(lo, hi)
    return x[...]


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
