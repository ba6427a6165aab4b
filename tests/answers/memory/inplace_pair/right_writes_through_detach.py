"""The detached tensor has x's memory and version counter; x itself is returned."""


def clamp_into_(x, lo, hi):
    x.detach().clamp_(lo, hi)
    return x


def clamped(x, lo, hi):
    return x.clone().clamp_(lo, hi)
