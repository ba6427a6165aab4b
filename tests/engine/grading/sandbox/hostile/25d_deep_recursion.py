"""Lifts the limit of recursion and calls itself until the stack is used up."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: crash

import sys

sys.setrecursionlimit(2**31 - 1)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr([self])


def one_hot(labels, num_classes, dtype=None):
    return repr(Deep())
