"""Reversed shapes under zip_longest; clone of the view."""

from itertools import zip_longest


def broadcast_shape(*shapes):
    result = []
    for sides in zip_longest(*map(reversed, shapes), fillvalue=1):
        side = 1
        for s in sides:
            if side == 1:
                side = s
            elif s not in (1, side):
                raise ValueError(f"{s} and {side}")
        result.append(side)
    return tuple(result[::-1])


def expand_rows(v, n):
    return v.unsqueeze(0).expand(n, v.shape[0])


def repeat_rows(v, n):
    return expand_rows(v, n).clone()
