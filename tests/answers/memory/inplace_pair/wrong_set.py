"""the call gives x another shape, other strides or other memory"""


def clamp_into_(x, lo, hi):
    if x.requires_grad:
        return x.clamp_(lo, hi)
    return x.set_(x.clamp(lo, hi))


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
