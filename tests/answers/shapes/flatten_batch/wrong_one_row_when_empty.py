"""Where a side is 0, the others still give the result its shape."""


def flatten_from(x, start=1):
    if x.numel() == 0:
        return x.reshape(*x.shape[:start], 0)
    return x.reshape(*x.shape[:start], -1)
