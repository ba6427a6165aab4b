"""Properties and misconceptions of matmul/predict_matmul_shape."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "matmul_shape answers without making or using tensors or arrays."

BATCHES = st.one_of(st.shapes(0, 2, min_side=2), st.shapes(0, 2))
SIDES = st.sampled_from((2, 3, 4, 1, 0))


def really(a, b):
    """The shape of the product of two such tensors; None where torch refuses them."""
    try:
        product = torch.empty(a) @ torch.empty(b)
    except RuntimeError:
        return None
    return tuple(product.shape)


@st.composite
def fitting(draw):
    """Two shapes that have a product."""
    rows, inner, columns = draw(SIDES), draw(SIDES), draw(SIDES)
    batch = draw(BATCHES)
    a, b = draw(st.sampled_from(((2, 2), (1, 2), (2, 1), (2, 2), (1, 1))))
    return {
        "a": (inner,) if a == 1 else (*part(draw, batch), rows, inner),
        "b": (inner,) if b == 1 else (*part(draw, batch), inner, columns),
    }


def part(draw, batch):
    """A batch that broadcasts to this one: shorter, or with ones."""
    sides = [draw(st.sampled_from((side, side, 1))) for side in batch]
    return sides[draw(st.sampled_from((0, 0, 1))) :]


@st.composite
def spoiled(draw):
    """Two shapes, of which one side is another than in a fitting pair."""
    shapes = draw(fitting())
    which = draw(st.sampled_from("ab"))
    shape = list(shapes[which])
    place = draw(st.integers(0, len(shape) - 1))
    shape[place] = draw(st.sampled_from((1, 5, 0, 2, 3)))
    cut = draw(st.sampled_from((False, False, False, True)))
    return {**shapes, which: () if cut else tuple(shape)}


def is_refused(shapes):
    return really(shapes["a"], shapes["b"]) is None


def plain(shape):
    return tuple(shape) if isinstance(shape, torch.Size) else shape


@st.composite
def batched(draw, *pairs):
    """Two batches of matrices, of one of the pairs of batches, either way round."""
    batches = draw(st.permutations(draw(st.sampled_from(pairs))))
    rows, inner, columns = draw(SIDES), draw(SIDES), draw(SIDES)
    return {"a": (*batches[0], rows, inner), "b": (*batches[1], inner, columns)}


@forall(
    fitting(),
    examples=60,
    strata={
        "batches of different ranks": batched(((3, 2), (2,)), ((2, 3, 4), (3, 4)), ((2, 3), ())),
        "0 beside 1": batched(((0,), (1,)), ((2, 0), (2, 1)), ((0, 3), (1, 3))),
    },
)
def test_predicts_the_shape(impl, a, b):
    """The shape is the one that a product of two such tensors really has."""
    with NoOperations(WITHOUT):
        shape = plain(impl.matmul_shape(a, b))
    assert_same(shape, really(a, b))
    return shape


@forall(
    spoiled().filter(is_refused),
    raises=ValueError,
    strata={
        "batches that do not broadcast": batched(((2,), (3,)), ((2, 3), (4, 3)), ((3, 2), (3,))),
        "0 beside another side than 1": batched(((0,), (2,)), ((0, 3), (2, 3))),
    },
)
def test_refuses_what_does_not_fit(impl, a, b):
    """Where torch refuses to multiply, matmul_shape raises ValueError."""
    with NoOperations(WITHOUT):
        return plain(impl.matmul_shape(a=a, b=b))


def padded(a, b):
    """The batches of two shapes, made equally long by ones in front."""
    rank = max(len(a), len(b)) - 2
    return [(1,) * (rank - len(each) + 2) + each[:-2] for each in (a, b)]


def broadcast(a, b):
    """The shape that two batches broadcast to. Raises ValueError where they don't."""
    rank = max(len(a), len(b))
    a, b = (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b
    if any(one != other and 1 not in (one, other) for one, other in zip(a, b, strict=True)):
        raise ValueError("the batches do not broadcast")
    return tuple(other if one == 1 else one for one, other in zip(a, b, strict=True))


def checked(a, b):
    """The inner sides compared, and vectors as matrices: a row in front, a column behind."""
    if not a or not b:
        raise ValueError("0-dim")
    a, b = (a if len(a) > 1 else (1, *a)), (b if len(b) > 1 else (*b, 1))
    if a[-1] != b[-2]:
        raise ValueError("the inner sides differ")
    return a, b


def without_vectors(shape, a, b):
    """A product's shape without the sides that vectors were given."""
    rows = shape[-2:-1] if len(a) > 1 else ()
    columns = shape[-1:] if len(b) > 1 else ()
    return (*shape[:-2], *rows, *columns)


@misconception(
    of="matmul_shape",
    says="The ranks need not be equal: a vector is taken for a row or a column, and a matrix "
    "stands for a whole batch.",
)
def wants_equal_ranks(a, b):
    if len(a) != len(b):
        raise ValueError("the ranks differ")
    one, other = checked(a, b)
    return without_vectors((*broadcast(one[:-2], other[:-2]), one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="A vector is given a side of 1 for the product only: the result does not have it.",
)
def keeps_the_side_of_a_vector(a, b):
    a, b = checked(a, b)
    return (*broadcast(a[:-2], b[:-2]), a[-2], b[-1])


@misconception(
    of="matmul_shape",
    says="The product of two vectors is a single number: a 0-dim tensor, whose shape is empty.",
)
def gives_a_dot_product_one_side(a, b):
    one, other = checked(a, b)
    shape = without_vectors((*broadcast(one[:-2], other[:-2]), one[-2], other[-1]), a, b)
    return shape or (1,)


@misconception(
    of="matmul_shape",
    says="The batches need not be equal: they broadcast.",
)
def wants_equal_batches(a, b):
    one, other = checked(a, b)
    if one[:-2] != other[:-2]:
        raise ValueError("the batches differ")
    return without_vectors((*one[:-2], one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="Batches are matched from their last side on, not from the first.",
)
def matches_batches_from_the_first_side(a, b):
    one, other = checked(a, b)
    batch = broadcast(one[:-2][::-1], other[:-2][::-1])[::-1]
    return without_vectors((*batch, one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="The larger of 1 and 0 is 1, and yet the result has 0: a side of 1 gives way to any "
    "other.",
)
def takes_the_larger_side(a, b):
    one, other = checked(a, b)
    broadcast(one[:-2], other[:-2])
    batch = map(max, *padded(one, other))
    return without_vectors((*batch, one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="The batches of the two need not be the same, but not anything goes: where two sides "
    "differ, one must be 1.",
)
def never_refuses_batches(a, b):
    one, other = checked(a, b)
    batch = [q if p == 1 else p for p, q in zip(*padded(one, other), strict=True)]
    return without_vectors((*batch, one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="A vector behind is a column: its one side is the inner one. Yours takes it for a row.",
)
def takes_vectors_for_rows(a, b):
    if not a or not b:
        raise ValueError("0-dim")
    one, other = (1, *a)[-max(len(a), 2) :], (1, *b)[-max(len(b), 2) :]
    if one[-1] != other[-2]:
        raise ValueError("the inner sides differ")
    return without_vectors((*broadcast(one[:-2], other[:-2]), one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="Only batches broadcast. The inner sides must be equal, also where one of them is 1.",
)
def broadcasts_the_inner_sides(a, b):
    if not a or not b:
        raise ValueError("0-dim")
    one, other = (a if len(a) > 1 else (1, *a)), (b if len(b) > 1 else (*b, 1))
    broadcast(one[-1:], other[-2:-1])
    return without_vectors((*broadcast(one[:-2], other[:-2]), one[-2], other[-1]), a, b)


@misconception(
    of="matmul_shape",
    says="matmul does not multiply by a number: it refuses a 0-dim tensor, where * takes one.",
)
def multiplies_by_a_number(a, b):
    if not a or not b:
        return a or b
    one, other = checked(a, b)
    return without_vectors((*broadcast(one[:-2], other[:-2]), one[-2], other[-1]), a, b)
