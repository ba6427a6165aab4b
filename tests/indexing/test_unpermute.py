"""Properties and misconceptions of indexing/unpermute."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

LENGTHS = (3, 4, 5, 1, 2, 0)
BATCHES = st.one_of(st.shapes(1, 2, min_side=2), st.shapes(0, 2))

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def permutations(draw, lengths=LENGTHS, batches=BATCHES):
    """A permutation for each row: one order, which begins elsewhere in each."""
    length = draw(st.sampled_from(lengths))
    order = torch.tensor(draw(st.permutations(range(length))), dtype=torch.int64)
    starts = draw(st.labels(max(length, 1), shape=draw(batches)))
    rows = (order + starts.unsqueeze(-1)) % max(length, 1)
    layout = draw(st.sampled_from(st.LAYOUTS))
    # Expanded, a single row would hold its first place everywhere.
    return rows if layout == "expanded" and rows.dim() == 1 else st.laid_out(rows, layout)


@st.composite
def shuffles(draw, dtype=st.ANY_DTYPE):
    """x, and a permutation for each of its rows."""
    p = draw(permutations())
    x = draw(st.tensors(tuple(p.shape), dtype, layouts=["contiguous"], special=True))
    return {"x": st.laid_out(x, draw(st.sampled_from(st.LAYOUTS))), "p": p}


@st.composite
def weighted_shuffles(draw):
    """x with at least one value, a permutation for each row, and a gradient for each value."""
    p = draw(permutations((3, 4, 5, 1), st.shapes(0, 2, min_side=1)))
    tensors = st.tensors(tuple(p.shape), torch.float64)
    return {"x": draw(tensors), "p": p, "weights": draw(tensors)}


def turned_rows(size):
    """Rows of which each begins one place further on."""
    return {"p": (torch.arange(size) + torch.arange(size).unsqueeze(1)) % size}


def numbered_rows(size):
    return {"x": torch.arange(size * size).view(size, size), **turned_rows(size)}


@forall(p=permutations(), vectorized=turned_rows)
def test_inverse_says_where_each_went(impl, p):
    """In each row of the inverse, at place p[i] stands i."""
    inverse = impl.invert(p)
    assert_same(inverse, torch.argsort(p, dim=-1))
    return inverse


@forall(
    shuffles(),
    vectorized=numbered_rows,
    tolerance=EXACT,
    strata=st.telling_dtypes(shuffles),
)
def test_goes_both_ways(impl, x, p):
    """restore undoes a shuffle by p; with the inverse in place of p, it makes that shuffle."""
    restored = impl.restore(x, p)
    assert_same(restored, x.gather(-1, p.argsort(-1)))
    shuffled = impl.restore(x=x, p=p.argsort(-1))
    assert_same(shuffled, x.gather(-1, p))
    return restored, shuffled


@forall(weighted_shuffles())
def test_gradient_goes_along(impl, x, p, weights):
    """The gradient of each restored value arrives at the value of x that it was."""
    leaf = x.detach().requires_grad_()
    restored = impl.restore(leaf, p)
    assert restored.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(restored, leaf, weights)
    assert_same(gradient, weights.gather(-1, p))
    return restored, gradient


@misconception(
    of="restore",
    says="Shuffling by p again goes on in the same direction. It leads back only where p swaps "
    "pairs; else the way back is another permutation.",
)
def shuffles_by_p_again(x, p):
    return x.gather(-1, p)


@misconception(
    of="restore",
    says="x[..., q] reads all the named places from every row, so a batch comes out with too many "
    "dimensions. Each row has a permutation of its own.",
)
def reads_every_row_by_every_permutation(x, p):
    return x[..., p.argsort(-1)]


@misconception(
    of="restore",
    says="The original need not have been in ascending order. What must be sorted out are the "
    "places, which p tells, not the values.",
)
def sorts_the_values(x, p):
    return x.sort(-1).values


@misconception(
    of="restore",
    says="The places must lie along the last dimension. Yours move values from row to row.",
)
def moves_values_between_rows(x, p):
    return x.gather(0, p.argsort(-1))


@misconception(
    of="restore",
    says="A new tensor of zeros has float32 and the CPU unless you say otherwise: x may be "
    "something else, and elsewhere.",
)
def forgets_dtype_and_device(x, p):
    return torch.zeros(x.shape).scatter_(-1, p, x)


@misconception(
    of="invert",
    says="p is its own inverse only where it swaps pairs. In general the value at place p[i] "
    "comes from p[i], and must go back from i.",
)
def takes_p_for_its_inverse(p):
    return p.clone()


@misconception(
    of="invert",
    says="Reading p backwards is not its inverse: it only turns the order of the places round.",
)
def reads_p_backwards(p):
    return p.flip(-1)


@misconception(
    of="invert",
    says="Each row is a permutation of its own, along the last dimension. Yours goes down the "
    "rows.",
)
def inverts_the_columns(p):
    return p.argsort(0)


@misconception(
    of="invert",
    says="inverse[p] = … takes the numbers in p for rows. p can have any number of dimensions, and "
    "each row its own permutation.",
)
def takes_p_for_one_row(p):
    inverse = torch.empty_like(p)
    inverse[p] = torch.arange(len(p), device=p.device)
    return inverse


@misconception(
    of="invert",
    says="A new tensor lies on the CPU unless you say otherwise: p may be elsewhere.",
)
def forgets_the_device(p):
    return torch.empty_like(p).scatter_(-1, p, torch.arange(p.shape[-1]).expand_as(p))


@misconception(
    of="invert",
    says="The source of scatter_ needs the shape of the index: a single row of places does for "
    "one row of p, not for a batch.",
)
def scatters_a_single_row(p):
    return torch.empty_like(p).scatter_(-1, p, torch.arange(p.shape[-1], device=p.device))
