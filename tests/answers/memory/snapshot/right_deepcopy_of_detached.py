"""A deep copy of the detached tensor."""

from copy import deepcopy


def snapshot(x):
    return deepcopy(x.detach())
