"""the result must have memory of its own, apart from x"""


def replace_where(x, mask, value):
    if not mask.any():
        return x.view(x.shape)
    return x.masked_fill(mask, value)
