"""masked_fill, with and without the underscore; the whole of x assigned."""


def clamp_into_(x, lo, hi):
    x[...] = clamped(x, lo, hi)
    return x


def clamped(x, lo, hi):
    return x.masked_fill(x < lo, lo).masked_fill(x > hi, hi)
