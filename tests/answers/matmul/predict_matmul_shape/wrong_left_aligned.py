"""raises ValueError

Matches the batches from the first side on, not from the last.
"""

from itertools import zip_longest


def matmul_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    if len(a) < 1 or len(b) < 1:
        raise ValueError
    k = b[0] if len(b) == 1 else b[-2]
    if a[-1] != k:
        raise ValueError
    batch = []
    for i, j in zip_longest(a[:-2], b[:-2], fillvalue=1):
        if i == 1:
            batch.append(j)
        elif j == 1 or i == j:
            batch.append(i)
        else:
            raise ValueError
    return tuple(batch) + tuple(a[:-1][-1:]) + (() if len(b) == 1 else (b[-1],))
