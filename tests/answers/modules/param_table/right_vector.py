"""Sets of parameters, sizes multiplied up; an OrderedDict."""

from collections import OrderedDict


def size(param):
    product = 1
    for side in param.size():
        product *= side
    return product


def table(m):
    return OrderedDict((name, size(param)) for name, param in m.named_parameters())


def count(m, trainable=False):
    return sum(size(p) for p in set(m.parameters()) if p.requires_grad or not trainable)
