"""the result must be x itself; yours shares memory with x"""


def clamp_into_(x, lo, hi):
    x.clamp_(lo, hi)
    return x[...]


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
