"""masked_fill inside and outside; the root as a power."""


def safe_sqrt(x):
    bad = x <= 0
    return x.masked_fill(bad, 1.0).pow(0.5).masked_fill(bad, 0.0)
