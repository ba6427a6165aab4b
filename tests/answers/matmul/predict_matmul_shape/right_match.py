"""A match statement on the shapes, and a loop from the last side on."""

from itertools import zip_longest


def batch(one, other):
    sides = []
    for p, q in zip_longest(reversed(one), reversed(other), fillvalue=1):
        if p != q and p != 1 and q != 1:
            raise ValueError("batch")
        sides.insert(0, q if p == 1 else p)
    return tuple(sides)


def matmul_shape(a, b):
    match a, b:
        case ((), _) | (_, ()):
            raise ValueError("0-dim")
        case (k,), (q,):
            result = ()
        case (k,), (*more, q, p):
            result = (*more, p)
        case (*more, n, k), (q,):
            result = (*more, n)
        case (*more, n, k), (*others, q, p):
            result = (*batch(more, others), n, p)
    if k != q:
        raise ValueError("inner")
    return result
