"""masked_fill_ on a copy."""


def replace_where(x, mask, value):
    return x.clone().masked_fill_(mask, value)
