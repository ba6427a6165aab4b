"""has other parameters than"""


def broadcast_shape(a, b):
    n = max(len(a), len(b))
    a, b = (1,) * (n - len(a)) + a, (1,) * (n - len(b)) + b
    return tuple(y if x == 1 else x for x, y in zip(a, b))


def expand_rows(v, n):
    return v.expand(n, -1)


def repeat_rows(v, n):
    return v.repeat(n, 1)
