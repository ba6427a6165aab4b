"""What shape does a @ b have?

`a @ b`, `torch.matmul(a, b)`, takes tensors of any rank but 0. For two matrices everybody knows
the rule: the inner sides must be equal, and they are gone afterwards. The rest follows from it:

    a             b           a @ b
    (2, 3)        (3, 4)      (2, 4)         two matrices
    (3)           (3, 4)      (4)            a vector in front is a row ...
    (2, 3)        (3)         (2)            ... one behind is a column; both are gone afterwards
    (3)           (3)         ()             both at once: a 0-dim tensor
    (5, 2, 3)     (3, 4)      (5, 2, 4)      a batch of matrices times one matrix
    (5, 1, 2, 3)  (7, 3, 4)   (5, 7, 2, 4)   two batches broadcast

The batch is all that comes before the last two dimensions. Batches broadcast by the usual rules:
matched from the last side on, where one lacks a side or has a 1, the other's holds, also where
that is 0. Sides can be 0 everywhere: an inner side of 0 fits another of 0. The inner sides don't
broadcast.

Write `matmul_shape`. You answer from what you know: it must not make or use tensors or arrays.
"""


def matmul_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Predict the shape of a matrix product.

    Args:
        a, b: the shapes of two tensors, as tuples of any length.

    Returns:
        The shape of their product, as a tuple of ints. A torch.Size is one too.

    Raises:
        ValueError: torch.matmul refuses these shapes: the inner sides differ, the batches don't
            broadcast, or one of the tensors is 0-dim.

    >>> matmul_shape((2, 3), (3, 4))
    (2, 4)
    >>> matmul_shape((5, 1, 2, 3), (3,))
    (5, 1, 2)
    """
    if not a or not b:
        raise ValueError(f"matmul needs at least one dimension each; got {a} and {b}")
    inner = b[-2] if len(b) > 1 else b[0]
    if a[-1] != inner:
        raise ValueError(f"the inner sides of {a} and {b} differ: {a[-1]} and {inner}")
    return _broadcast(a[:-2], b[:-2]) + a[-2:-1] + (b[-1:] if len(b) > 1 else ())


def _broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(one != other and 1 not in (one, other) for one, other in zip(a, b, strict=True)):
        raise ValueError(f"the batches {a} and {b} do not broadcast")
    return tuple(other if one == 1 else one for one, other in zip(a, b, strict=True))


HINTS = (
    "Take the cases one after the other: which side of a and which side of b are the inner ones, "
    "where b is a matrix, and where it is a vector?",
    "What remains has three parts: the batch, the rows of a, the columns of b. Slices help: "
    "a[-2:-1] is empty where a has one side only. When has b columns?",
    "For the batches, put ones in front of the shorter one. Of two sides that differ, one must be "
    "1, and then the other one holds. max() is not right where that is 0.",
)

TAKE_ALONG = (
    "matmul: inner sides equal and gone, batches broadcast, a vector is a row in front and a "
    "column behind, and its dimension is gone afterwards."
)

APPROACH = (
    "It cuts the shapes into batch, rows and columns by slices, which are empty where there is "
    "nothing, so vectors need hardly any case of their own."
)
