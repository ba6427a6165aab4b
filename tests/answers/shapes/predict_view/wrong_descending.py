"""whether view really flattens"""


def can_flatten(shape, stride, start, end):
    part = stride[start : end + 1]
    return 0 in shape or list(part) == sorted(part, reverse=True)
