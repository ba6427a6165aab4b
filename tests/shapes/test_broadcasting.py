"""Properties and misconceptions of shapes/broadcasting."""

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = (
    "broadcast_shape computes with numbers, without tensors or arrays, and without torch's and "
    "numpy's broadcast_shapes."
)

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded
VECTORS = st.tensors(st.shapes(1, 1), st.ANY_DTYPE)
TELLING = st.telling_dtypes(lambda dtype: {"v": st.tensors(st.shapes(1, 1), dtype)})
ROWS = st.sampled_from((3, 1, 2, 0))


def numbers_alone():
    """Refuses what broadcast_shape must do without."""
    return NoOperations(WITHOUT, torch.broadcast_shapes, np.broadcast_shapes)


@st.composite
def fitting(draw):
    """Up to four shapes that fit: ends of one common shape, with ones for some of its sides."""
    common = draw(st.shapes(1, 4))
    shapes = []
    for _ in range(draw(st.sampled_from((2, 3, 1, 4, 0)))):
        kept = draw(st.lists(st.booleans(), min_size=len(common), max_size=len(common)))
        sides = [side if keep else 1 for side, keep in zip(common, kept, strict=True)]
        shapes.append(tuple(sides[draw(st.integers(0, len(sides))) :]))
    return {"shapes": shapes}


@st.composite
def clashing(draw):
    """Two or three shapes of which two have lengths that clash, somewhere."""
    length, other = draw(st.sampled_from(((2, 3), (3, 2), (2, 0), (0, 3))))
    behind = draw(st.lists(st.sampled_from((1, 2)), max_size=2))
    shapes = [
        (*draw(st.shapes(0, 1)), length, *behind),
        (*draw(st.shapes(0, 1)), other, *behind),
    ]
    between = draw(st.booleans())
    return {"shapes": [shapes[0], (1,), shapes[1]] if between else shapes}


@forall(fitting(), examples=40)
def test_finds_the_common_shape(impl, shapes):
    """broadcast_shape gives the shape that tensors of these shapes are really broadcast to."""
    with numbers_alone():
        common = impl.broadcast_shape(*shapes)
    assert_same(common, torch.broadcast_shapes(*shapes))
    return common


@forall(clashing(), raises=ValueError)
def test_refuses_shapes_that_clash(impl, shapes):
    """broadcast_shape raises a ValueError where two lengths differ and neither is 1."""
    with numbers_alone():
        return impl.broadcast_shape(*shapes)


def stacked(v, n):
    return torch.stack([v] * n) if n else v.new_empty(0, len(v))


@forall(
    v=VECTORS,
    n=ROWS,
    aliasing=True,
    tolerance=EXACT,
    strata={
        **TELLING,
        "several rows": {"v": st.tensors(st.shapes(1, 1, min_side=2)), "n": st.just(3)},
    },
)
def test_expands_without_a_copy(impl, v, n):
    """expand_rows gives n rows that all share the memory of v."""
    before = v.clone()
    rows = impl.expand_rows(v, n)
    assert_same(rows, stacked(before, n))
    # Where there is nothing to share, it makes no difference whose memory it is.
    return rows if rows.numel() else rows.clone()


@forall(v=VECTORS, n=ROWS, aliasing=True, tolerance=EXACT, strata=TELLING)
def test_repeats_with_a_copy(impl, v, n):
    """repeat_rows gives n rows in memory of their own, also where n is 1."""
    before = v.clone()
    rows = impl.repeat_rows(v=v, n=n)
    assert_same(rows, stacked(before, n))
    return rows


@forall(v=VECTORS, n=st.integers(2, 3), tolerance=EXACT)
def test_rows_can_be_written(impl, v, n):
    """A write to one row that repeat_rows made leaves the others and v as they are."""
    rows = impl.repeat_rows(v, n)
    rows[1].logical_not_()
    return rows


def stretched(lengths):
    lengths = set(lengths) - {1}
    if len(lengths) > 1:
        raise ValueError(f"{lengths} clash")
    return lengths.pop() if lengths else 1


@misconception(
    of="broadcast_shape",
    says="Shapes are aligned at their ends: the last sides belong together, and missing ones are "
    "at the front.",
)
def aligns_at_the_left(*shapes):
    count = max(map(len, shapes), default=0)
    aligned = [(*shape, *[1] * (count - len(shape))) for shape in shapes]
    return tuple(stretched(sides) for sides in zip(*aligned, strict=True))


@misconception(
    of="broadcast_shape",
    says="The larger length is not always right: 1 against 0 gives 0. A length of 1 is stretched "
    "to the other, whatever it is.",
)
def takes_the_larger_length(*shapes):
    count = max(map(len, shapes), default=0)
    aligned = [(1,) * (count - len(shape)) + shape for shape in shapes]
    for sides in zip(*aligned, strict=True):
        stretched(sides)
    return tuple(max(sides) for sides in zip(*aligned, strict=True))


@misconception(
    of="broadcast_shape",
    says="The larger length is not always right: 1 against 0 gives 0, and two lengths that differ "
    "fit only if one of them is 1.",
)
def takes_the_larger_of_any(*shapes):
    count = max(map(len, shapes), default=0)
    aligned = [(1,) * (count - len(shape)) + shape for shape in shapes]
    return tuple(max(sides) for sides in zip(*aligned, strict=True))


@misconception(
    of="broadcast_shape",
    says="Not all lengths fit: two that differ, with neither of them 1, are an error.",
)
def never_refuses(*shapes):
    count = max(map(len, shapes), default=0)
    aligned = [(1,) * (count - len(shape)) + shape for shape in shapes]
    columns = ([side for side in sides if side != 1] for sides in zip(*aligned, strict=True))
    return tuple(max(column, default=1) for column in columns)


@misconception(
    of="broadcast_shape",
    says="zip stops at the shortest shape. The sides that only longer shapes have belong to the "
    "result too.",
)
def stops_at_the_shortest(*shapes):
    columns = zip(*(reversed(shape) for shape in shapes), strict=False)
    return tuple(reversed([stretched(sides) for sides in columns]))


@misconception(
    of="broadcast_shape",
    says="0 is a length like any other: only 1 can be stretched to it. 2 against 0 is an error.",
)
def lets_zero_swallow_all(*shapes):
    count = max(map(len, shapes), default=0)
    aligned = [(1,) * (count - len(shape)) + shape for shape in shapes]
    return tuple(0 if 0 in sides else stretched(sides) for sides in zip(*aligned, strict=True))


@misconception(
    of="expand_rows",
    says="repeat and clone copy. The rows can be a view of v, which reads its memory again and "
    "again.",
)
def repeats(v, n):
    return v.repeat(n, 1)


@misconception(
    of="repeat_rows",
    says="expand makes a view: all rows are one row, in v's own memory.",
)
def expands(v, n):
    return v.expand(n, -1)


@misconception(
    of="repeat_rows",
    says="contiguous() copies only what is not contiguous already. A single row over v is, and so "
    "v's own memory comes back.",
)
def makes_it_contiguous(v, n):
    return v.expand(n, -1).contiguous()


@misconception(
    of="repeat_rows",
    says="repeat takes a count for each dimension of the result. With one count the copies stand "
    "one behind the other in a single dimension.",
)
def repeats_along_the_row(v, n):
    return v.repeat(n)


@misconception(
    of="repeat_rows",
    says="A list of no tensors can't be stacked, and n can be 0.",
)
def stacks(v, n):
    return torch.stack([v] * n)
