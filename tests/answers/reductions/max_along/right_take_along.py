"""take_along_dim; divmod from the last side on."""


def max_along(x, dim, keepdim=False):
    i = x.argmax(dim=dim, keepdim=True)
    v = x.take_along_dim(i, dim)
    if not keepdim:
        v, i = v.select(dim, 0), i.select(dim, 0)
    return v, i


def argmax_coords(x):
    flat = x.argmax().item()
    coords = []
    for side in reversed(x.shape):
        flat, place = divmod(flat, side)
        coords.insert(0, place)
    return tuple(coords)
