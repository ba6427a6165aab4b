"""reduce over a tuple."""

from functools import reduce


class Compose:
    def __init__(self, transforms):
        self._steps = (*transforms,)

    def __call__(self, x):
        return reduce(lambda value, step: step(value), self._steps, x)
