"""Properties and misconceptions of memory/fix_chained_indexing."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KINDS = st.dtypes(
    *(torch.float32, torch.float64, torch.int64),
    *(torch.bfloat16, torch.float16, torch.uint8),
)
WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]


@st.composite
def matrices(draw, min_rows=1, dtype=KINDS):
    """A matrix without zeros, and the number of a column."""
    shape = draw(st.integers(min_rows, 4)), draw(st.integers(1, 4))
    x = draw(st.tensors(shape, dtype, layouts=["contiguous"], special=True))
    x = torch.where(x == 0, 7, x)
    return {
        "x": st.laid_out(x, draw(st.sampled_from(WRITABLE))),
        "col": draw(st.integers(0, shape[1] - 1)),
    }


@st.composite
def masked(draw, **given):
    """A matrix, and a mask that names at least one row."""
    drawn = draw(matrices(**given))
    rows = draw(st.tensors((len(drawn["x"]),), torch.bool)).clone()
    rows[draw(st.integers(0, len(rows) - 1))] = True
    return {**drawn, "rows": rows}


@st.composite
def numbered(draw, **given):
    """A matrix, and the numbers of some of its rows."""
    drawn = draw(matrices(**given))
    return {**drawn, "rows": draw(st.indices(len(drawn["x"]), draw(st.integers(1, 5))))}


def cells(x, rows, col):
    """Where the cells are: a bool tensor of x's shape."""
    numbers = rows.nonzero().flatten() if rows.dtype is torch.bool else rows
    down = torch.isin(torch.arange(len(x), device=x.device), numbers)
    across = torch.arange(x.shape[1], device=x.device) == col
    return down.unsqueeze(1) & across


@forall(masked(), strata={"a dtype that numpy lacks": masked(dtype=torch.bfloat16)})
def test_writes_where_a_mask_is_true(impl, x, rows, col):
    """With a bool tensor, the column becomes 0 in the rows that are True, and all else stays."""
    before = x.clone()
    result = impl.zero_cells_(x, rows, col)
    assert_same(x, before.masked_fill(cells(x, rows, col), 0))
    return result


@forall(numbered(), strata={"a dtype that numpy lacks": numbered(dtype=torch.bfloat16)})
def test_writes_where_numbers_say(impl, x, rows, col):
    """With row numbers, the column becomes 0 in the rows that are named, and all else stays."""
    before = x.clone()
    result = impl.zero_cells_(x=x, rows=rows, col=col)
    assert_same(x, before.masked_fill(cells(x, rows, col), 0))
    return result


@forall(matrices(min_rows=0), as_mask=st.booleans())
def test_no_row_is_no_write(impl, x, col, as_mask, device):
    """Where rows names no row, every value stays."""
    none = torch.zeros(len(x), dtype=torch.bool, device=device)
    own = x.clone()
    result = impl.zero_cells_(own, none if as_mask else none.nonzero().flatten(), col)
    return result, own


@misconception(
    of="zero_cells_",
    stub=True,
    says="What was set to 0 is a copy, and x stays as it was. Indexing with a tensor, as in "
    "x[rows], makes a copy.",
)
def assigns_to_a_copy(x, rows, col):
    x[rows][:, col] = 0


@misconception(
    of="zero_cells_",
    says="Whole rows become 0: the column is missing between the brackets.",
)
def zeroes_whole_rows(x, rows, col):
    x[rows] = 0


@misconception(
    of="zero_cells_",
    says="The whole column becomes 0: a colon names all rows.",
)
def zeroes_the_whole_column(x, rows, col):
    x[:, col] = 0


@misconception(
    of="zero_cells_",
    says="long() makes row numbers 0 and 1 of a mask. A mask can be used as it is.",
)
def takes_a_mask_for_numbers(x, rows, col):
    x[rows.long(), col] = 0


@misconception(
    of="zero_cells_",
    says="bool() makes True of every row number but 0, and its length is not that of a mask. Row "
    "numbers can be used as they are.",
)
def takes_numbers_for_a_mask(x, rows, col):
    x[rows.bool(), col] = 0


@misconception(
    of="zero_cells_",
    says="0 times NaN is NaN, and 0 times infinity too. Assign the 0.",
)
def multiplies_by_zero(x, rows, col):
    x[rows, col] *= 0


@misconception(
    of="zero_cells_",
    says="A loop over a mask gives True and False, which are no row numbers.",
)
def loops_over_a_mask(x, rows, col):
    for row in rows:
        x[row, col] = 0


@misconception(
    of="zero_cells_",
    says="You return a new tensor, and x stays as it was. The caller holds x, and expects the "
    "zeros there.",
)
def returns_a_new_tensor(x, rows, col):
    x = x.clone()
    x[rows, col] = 0
    return x
