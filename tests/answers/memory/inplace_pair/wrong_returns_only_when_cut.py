"""clamp_into_ must return x itself."""


def clamp_into_(x, lo, hi):
    if ((x < lo) | (x > hi)).any():
        x.clamp_(lo, hi)
        return x


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
