"""Where x is a view, clamp_into_ writes to the memory of its base."""


def clamp_into_(x, lo, hi):
    if x.requires_grad:
        return x.clamp_(lo, hi)
    return x.set_(x.clamp(lo, hi))


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
