"""tolist of what squeeze leaves, if that has no dimension."""


def to_number(x):
    x = x.squeeze()
    if x.dim() > 0:
        raise ValueError("not exactly one element")
    return x.tolist()
