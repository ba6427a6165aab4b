"""Properties and misconceptions of indexing/gather_selection."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [torch.Tensor.tolist, torch.Tensor.numpy]
BATCHES = st.one_of(st.shapes(1, 3, min_side=2), st.just((1,)), st.shapes(0, 3))

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def selections(draw, dtype=torch.float32, columns=(2, 3, 4, 1), special=False):
    """x and an index into its last dimension.

    The index is valid along every other dimension too: on CUDA one that is out of range would end
    the process of whoever gathers along the wrong dimension, where a verdict is due.
    """
    shape = (*draw(BATCHES), draw(st.sampled_from(columns)))
    x = draw(st.tensors(shape, dtype, layouts=["contiguous"], special=special))
    layout = draw(st.sampled_from(st.LAYOUTS))
    return {
        "x": st.laid_out(x, layout),
        "index": draw(st.labels(max(min(shape), 1), shape=shape[:-1])),
    }


@st.composite
def spoiled_selections(draw):
    """x and an index, where every value that is not selected is a NaN or an infinity."""
    chosen = draw(selections(columns=(2, 3, 4), special=True))
    spoiled = draw(st.sampled_from((float("nan"), float("inf"), float("-inf"))))
    x, index = chosen["x"], chosen["index"]
    return {"x": torch.where(selected(x, index), x, spoiled), "index": index}


@st.composite
def weighted_selections(draw):
    """x, an index, and a gradient for each selected value."""
    chosen = draw(selections(torch.float64))
    return {**chosen, "weights": draw(st.tensors(tuple(chosen["index"].shape), torch.float64))}


def square_of(size):
    index = torch.arange(size).expand(size, size)
    return {"x": torch.arange(size**3).view(size, size, size), "index": index}


def selected(x, index):
    """Where the selected values are: a bool tensor of x's shape."""
    return F.one_hot(index, x.shape[-1]).bool()


@forall(
    selections(st.ANY_DTYPE),
    ban=WITHOUT,
    vectorized=square_of,
    tolerance=EXACT,
    strata=st.telling_dtypes(selections),
)
def test_takes_one_value_per_row(impl, x, index):
    """Each row gives the value in the column that its index names, for a batch of any shape."""
    values = impl.select(x, index)
    assert_same(values, x[selected(x, index)].reshape(index.shape))
    return values


@forall(spoiled_selections(), ban=WITHOUT, tolerance=EXACT)
def test_other_columns_have_no_influence(impl, x, index):
    """Only the selected values count: a NaN or an infinity beside them changes nothing."""
    values = impl.select(x=x, index=index)
    assert_same(values, x[selected(x, index)].reshape(index.shape))
    return values


@forall(weighted_selections(), ban=WITHOUT)
def test_gradient_reaches_the_selected_places(impl, x, index, weights):
    """Each result's gradient arrives at the place in x that it was read from; all else gets 0."""
    leaf = x.detach().requires_grad_()
    values = impl.select(leaf, index)
    assert values.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(values, leaf, weights)
    assert_same(gradient, selected(x, index) * weights.unsqueeze(-1))
    return values, gradient


@misconception(
    of="select",
    says="dim is the dimension whose places the index names. Yours walks down the rows; the index "
    "names columns.",
)
def gathers_along_the_rows(x, index):
    return x.gather(0, index.unsqueeze(0)).squeeze(0)


@misconception(
    of="select",
    says="x[:, index] reads all the named columns from every row, N × N values. You want one "
    "from each row: the first index must name the row too.",
)
def pairs_every_row_with_every_index(x, index):
    return x[:, index]


@misconception(
    of="select",
    says="squeeze() without a dimension removes every dimension of length 1, so a batch of one "
    "row loses its batch. Say which dimension is to go.",
)
def squeezes_every_dimension(x, index):
    return x.gather(-1, index.unsqueeze(-1)).squeeze()


@misconception(
    of="select",
    says="Dimension 1 is the columns of a matrix only. The batch can have any number of "
    "dimensions, so count from the end.",
)
def takes_x_for_a_matrix(x, index):
    return x.gather(1, index.unsqueeze(1)).squeeze(1)


@misconception(
    of="select",
    says="A number for each place of the first dimension, beside index, picks from a matrix. A "
    "batch of more dimensions, or of none, has other rows than that.",
)
def numbers_the_first_dimension(x, index):
    return x[torch.arange(len(x), device=x.device), index]


@misconception(
    of="select",
    says="gather's result has the shape of its index, and so still the dimension of length 1 that "
    "the index was given.",
)
def keeps_the_last_dimension(x, index):
    return x.gather(-1, index.unsqueeze(-1))


@misconception(
    of="select",
    says="The index of gather needs as many dimensions as x: yours lacks that of the columns.",
)
def forgets_to_unsqueeze(x, index):
    return x.gather(-1, index)


@misconception(
    of="select",
    says="A product with a one-hot mask reads every column: 0 times infinity is NaN. Read the "
    "value that is wanted, and nothing else.",
)
def multiplies_by_a_mask(x, index):
    return (x * F.one_hot(index, x.shape[-1])).sum(-1).to(x.dtype)


@misconception(
    of="select",
    says="sum makes int64 of small integers and of bool. To read a value keeps its dtype.",
)
def sums_up_what_is_left(x, index):
    chosen = F.one_hot(index, x.shape[-1]).bool()
    return x.masked_fill(~chosen, 0).sum(-1)
