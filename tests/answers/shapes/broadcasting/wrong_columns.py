"""expand_rows gives n rows that all share the memory of v."""


def broadcast_shape(*shapes):
    n = max((len(s) for s in shapes), default=0)
    out = []
    for k in range(n, 0, -1):
        column = {s[-k] for s in shapes if len(s) >= k and s[-k] != 1}
        if len(column) > 1:
            raise ValueError(column)
        out += list(column) or [1]
    return tuple(out)


def expand_rows(v, n):
    return v.unsqueeze(1).expand(-1, n)


def repeat_rows(v, n):
    return v.repeat(n, 1)
