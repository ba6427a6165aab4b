"""A match statement; both names of each position."""


def reduced(shape, dim, keepdim):
    n = len(shape)
    match dim:
        case None:
            gone = set(range(n))
        case int():
            gone = {dim}
        case _:
            gone = set(dim)
    out = ()
    for i, side in enumerate(shape):
        if i in gone or i - n in gone:
            out += (1,) if keepdim else ()
        else:
            out += (side,)
    return out
