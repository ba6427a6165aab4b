"""broadcast_shape gives the shape that tensors of these shapes are really broadcast to.

Takes the larger length of each column: a 1 against a 0 becomes 1, and 2 against 0 becomes 2.
"""

from itertools import zip_longest

from torch import Tensor


def broadcast_shape(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for column in zip_longest(*[s[::-1] for s in shapes], fillvalue=1):
        longest = max(column)
        for side in column:
            if side > 1 and side != longest:
                raise ValueError("shapes don't fit")
        result.append(longest)
    return tuple(result[::-1])


def expand_rows(v: Tensor, n: int) -> Tensor:
    return v.expand(n, -1)


def repeat_rows(v: Tensor, n: int) -> Tensor:
    return v.repeat(n, 1)
