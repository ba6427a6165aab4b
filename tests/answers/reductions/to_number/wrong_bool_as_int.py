"""a bool expected, an int returned"""


def to_number(x):
    if x.numel() != 1:
        raise ValueError("not one element")
    return float(x) if x.is_floating_point() else int(x)
