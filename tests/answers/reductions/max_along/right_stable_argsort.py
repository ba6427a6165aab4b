"""The first of a stable argsort from large to small; coordinates one dimension at a time."""


def max_along(x, dim, keepdim=False):
    order = x.argsort(dim=dim, descending=True, stable=True)
    indices = order.narrow(dim, 0, 1)
    values = x.gather(dim, indices)
    if keepdim:
        return values, indices
    return values.squeeze(dim), indices.squeeze(dim)


def argmax_coords(x):
    place = int(x.flatten().argmax())
    coords = []
    for dim in range(x.dim()):
        rest = 1
        for side in x.shape[dim + 1 :]:
            rest *= side
        coords.append(place // rest)
        place = place % rest
    return tuple(coords)
