"""expected"""


def replace_where(x, mask, value):
    return x[~mask.expand_as(x)]
