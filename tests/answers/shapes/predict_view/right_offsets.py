"""Writes down the place of every element, and looks at the differences."""

from itertools import pairwise, product


def can_flatten(shape, stride, start, end):
    if 0 in shape:
        return True
    sizes, steps = shape[start : end + 1], stride[start : end + 1]
    places = [
        sum(i * s for i, s in zip(index, steps)) for index in product(*(range(n) for n in sizes))
    ]
    return len({b - a for a, b in pairwise(places)}) <= 1
