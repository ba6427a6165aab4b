"""Assigns through masks; a clone for the pure one."""


def clamp_into_(x, lo, hi):
    x[x < lo] = lo
    x[x > hi] = hi
    return x


def clamped(x, lo, hi):
    return clamp_into_(x.clone(), lo, hi)
