"""The mask expanded to the shape of x is an index for a copy."""


def replace_where(x, mask, value):
    result = x.clone()
    result[mask.expand(x.shape)] = value
    return result
