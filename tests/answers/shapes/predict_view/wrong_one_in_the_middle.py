"""False expected, True returned

Skips a dimension of length 1 as outer, but takes its stride as the inner one.
"""


def can_flatten(shape: tuple[int, ...], stride: tuple[int, ...], start: int, end: int) -> bool:
    if 0 in shape:
        return True
    for d in range(start, end):
        if shape[d] == 1 or shape[d + 1] == 1:
            continue
        if stride[d] != stride[d + 1] * shape[d + 1]:
            return False
    return True
