"""Properties and misconceptions of matmul/matmul_into."""

import warnings

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]
SIDES = st.sampled_from((2, 3, 1, 4, 0))
FILLED = st.sampled_from((2, 3, 1, 4))


@st.composite
def products(draw, sides=SIDES):
    """out, a and b that fit."""
    rows, inner, columns = draw(sides), draw(sides), draw(sides)
    dtype = draw(st.dtypes())
    a = draw(st.tensors((rows, inner), dtype, layouts=["contiguous"]))
    return {
        "out": draw(st.tensors((rows, columns), dtype, layouts=WRITABLE, special=True)),
        "a": st.laid_out(a, draw(st.sampled_from(st.LAYOUTS))),
        "b": draw(st.tensors((inner, columns), dtype)),
    }


@st.composite
def misfits(draw):
    """An out that hasn't the shape of a @ b, though the product may broadcast to it."""
    pair = draw(products(FILLED))
    rows, columns = pair["out"].shape
    shapes = (
        *((rows + 1, columns), (rows, columns + 1), (columns, rows + columns), (0, columns)),
        *((1, rows, columns), (2, rows, columns), (rows * columns,), (rows, columns, 1), (0,)),
    )
    shape = draw(st.sampled_from(shapes))
    return {**pair, "out": draw(st.tensors(shape, pair["a"].dtype, layouts=WRITABLE))}


@st.composite
def as_many_elements(draw):
    """An out that has the sides of a @ b the other way round."""
    rows, columns = draw(st.sampled_from(((2, 3), (3, 2), (1, 2), (4, 1))))
    inner, dtype = draw(FILLED), draw(st.dtypes())
    return {
        "out": draw(st.tensors((columns, rows), dtype, layouts=WRITABLE)),
        "a": draw(st.tensors((rows, inner), dtype)),
        "b": draw(st.tensors((inner, columns), dtype)),
    }


@st.composite
def single_rows(draw):
    """A product of one row or one column, or both, and an out of more."""
    rows, columns = draw(st.sampled_from(((1, 2), (2, 1), (1, 1))))
    more = (draw(st.integers(2, 3)) if rows == 1 else rows, columns if rows == 1 else 3)
    inner, dtype = draw(FILLED), draw(st.dtypes())
    return {
        "out": draw(st.tensors(more, dtype, layouts=WRITABLE)),
        "a": draw(st.tensors((rows, inner), dtype)),
        "b": draw(st.tensors((inner, columns), dtype)),
    }


@st.composite
def never_filled(draw):
    """An out that holds what torch.empty may hold."""
    pair = draw(products(FILLED))
    pair["out"][0] = draw(st.sampled_from((float("nan"), float("inf"))))
    return pair


@forall(products(), aliasing=True, strata={"NaN or infinity in out": never_filled()})
def test_writes_the_product(impl, out, a, b):
    """out has the values of a @ b, and is itself what is returned."""
    result = impl.matmul_into(out, a, b)
    assert_same(result, torch.matmul(a, b))
    return result


@forall(products(FILLED))
def test_keeps_the_memory(impl, out, a, b):
    """The product is in the memory that out had: a view made before shows it."""
    view, stride = out.detach(), out.stride()
    impl.matmul_into(out=out, a=a, b=b)
    assert_same(view, torch.matmul(a, b))
    assert out.stride() == stride, "The values are right, but out has other strides than before."
    return view, out.stride()


@forall(
    st.one_of(misfits(), single_rows()),
    raises=ValueError,
    strata={"as many elements": as_many_elements()},
)
def test_refuses_another_shape(impl, out, a, b):
    """An out of any other shape than that of a @ b raises ValueError, and stays as it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return impl.matmul_into(out, a, b)


def fits(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise ValueError("the shape differs")


@misconception(
    of="matmul_into",
    says="out = … gives the name to a new tensor. The one that the caller holds is as before.",
)
def gives_the_name_to_another(out, a, b):
    fits(out, a, b)
    return a @ b


@misconception(
    of="matmul_into",
    says="An out of another shape is resized by out=, with no more than a warning. Compare the "
    "shapes before.",
)
def lets_out_be_resized(out, a, b):
    return torch.matmul(a, b, out=out)


@misconception(
    of="matmul_into",
    says="A write to a slice and copy_ broadcast: a product of one row goes to all rows of out. "
    "What they do refuse is not a ValueError.",
)
def lets_the_copy_broadcast(out, a, b):
    return out.copy_(a @ b)


@misconception(
    of="matmul_into",
    says="As many elements are not the same shape. Compare the sides.",
)
def compares_the_number_of_elements(out, a, b):
    if out.numel() != a.shape[0] * b.shape[1]:
        raise ValueError("the size differs")
    return out.copy_((a @ b).reshape(out.shape))


@misconception(
    of="matmul_into",
    says="set_ and out.data = … give out other memory: views of the old memory don't show the "
    "product.",
)
def swaps_the_memory(out, a, b):
    fits(out, a, b)
    out.data = a @ b
    return out


@misconception(
    of="matmul_into",
    says="A write through .data or numpy is hidden from autograd: out._version stays as it was.",
)
def writes_through_data(out, a, b):
    fits(out, a, b)
    out.data.copy_(a @ b)
    return out


@misconception(
    of="matmul_into",
    says="The write is right, but nothing is returned. out itself is to come back.",
)
def returns_nothing(out, a, b):
    fits(out, a, b)
    torch.matmul(a, b, out=out)


@misconception(
    of="matmul_into",
    says="The product replaces what was in out. Yours is added to it.",
)
def adds_to_out(out, a, b):
    fits(out, a, b)
    return out.addmm_(a, b)
