"""broadcast_shape gives the shape that tensors of these shapes are really broadcast to."""


def broadcast_shape(*shapes):
    n = max((len(s) for s in shapes), default=0)
    out = []
    for k in range(n, 0, -1):
        column = {s[-k] for s in shapes if len(s) >= k and s[-k] != 1}
        if len(column) > 1:
            raise ValueError(column)
        out += list(column) or [1]
    return out


def expand_rows(v, n):
    return v.expand(n, -1)


def repeat_rows(v, n):
    return v.repeat(n, 1)
