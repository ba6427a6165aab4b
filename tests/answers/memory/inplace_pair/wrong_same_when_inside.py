"""the result must have memory of its own, apart from x"""


def clamp_into_(x, lo, hi):
    return x.clamp_(lo, hi)


def clamped(x, lo, hi):
    if ((x >= lo) & (x <= hi)).all():
        return x
    return x.clamp(lo, hi)
