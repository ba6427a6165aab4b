"""Raises exceptions whose texts exit, hang, lie, or are a hundred megabytes long."""
# exercise: indexing/one_hot
# verdict: nothing

import itertools
import os


class Harm(BaseException):
    kinds = itertools.cycle(range(4))

    @property
    def __class__(self):
        return RuntimeError

    def __str__(self):
        kind = next(self.kinds)
        if kind == 0:
            raise SystemExit(0)
        if kind == 1:
            return "x" * (100 << 20)
        if kind == 2:
            raise self
        os._exit(0)

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise SystemExit(0)

    @property
    def args(self):
        return self


Harm.__name__ = Harm.__qualname__ = "\x1b[2J</testsuite>" * 1000


def one_hot(labels, num_classes, dtype=None):
    raise Harm
