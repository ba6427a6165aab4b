"""narrow on each of the two dimensions."""


def center_crop(x, h, w):
    for dim, size in ((-2, h), (-1, w)):
        spare = x.size(dim) - size
        if spare < 0:
            raise ValueError(f"{size} > {x.size(dim)}")
        x = x.narrow(dim, spare // 2, size)
    return x
