"""Where the mask, broadcast to the shape of x, is True stands value; elsewhere what x has."""


def replace_where(x, mask, value):
    return x[~mask.expand_as(x)]
