"""NaN and infinity are floats like others, and x can require grad."""


def to_number(x):
    if x.numel() != 1:
        raise ValueError("not one element")
    number = x.item()
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return number
