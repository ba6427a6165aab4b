"""A new dimension in front, moved to its place; movedim knows the range."""


def unsqueeze(x, dim):
    return x[None].movedim(0, dim)


def squeeze(x, dim=None):
    if dim is None:
        while 1 in x.shape:
            x = squeeze(x, tuple(x.shape).index(1))
        return x
    front = x.movedim(dim, 0)
    return front[0] if front.shape[0] == 1 else x
