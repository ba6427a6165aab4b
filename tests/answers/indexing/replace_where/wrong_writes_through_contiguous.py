"""x was written to; the call must leave it alone"""


def replace_where(x, mask, value):
    return x.contiguous().masked_fill_(mask, value)
