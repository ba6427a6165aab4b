"""Properties and misconceptions of memory/snapshot."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

APART = [layout for layout in st.LAYOUTS if layout != "expanded"]  # writable one by one

EXACT = (0.0, 0.0)


@st.composite
def tensors(draw, dtype=None, shapes=None, layouts=st.LAYOUTS):
    """x of any dtype, requiring grad or not, with values that take many digits."""
    dtype = dtype or draw(st.ANY_DTYPE)
    asks = dtype.is_floating_point and draw(st.booleans())
    x = draw(st.tensors(shapes, dtype, layouts=["contiguous"], special=draw(st.booleans())))
    x = x * (2**53 + 1) if dtype is torch.int64 else x
    x = x / 3 if dtype.is_floating_point else x
    return {"x": st.laid_out(x, draw(st.sampled_from(layouts))).requires_grad_(asks)}


@forall(tensors(), aliasing=True, tolerance=EXACT, strata=st.telling_dtypes(tensors))
def test_has_the_values(impl, x):
    """The snapshot has x's values, dtype and device, and does not require grad."""
    if x.requires_grad:
        x.grad = torch.full(x.shape, 7, dtype=x.dtype, device=x.device)
    result = impl.snapshot(x)
    assert_same(result, x)
    return result


@forall(tensors(shapes=st.shapes(max_dims=3, min_side=1), layouts=APART), tolerance=EXACT)
def test_sees_no_later_writes(impl, x):
    """A later write to x is not seen in the snapshot, nor a write to the snapshot in x."""
    result = impl.snapshot(x=x)
    with torch.no_grad():
        x.fill_(5)
        after_a_write_to_x = result.detach().clone()
        result.fill_(7)
    return {"snapshot after a write to x": after_a_write_to_x}


@forall(x=st.tensors(st.shapes(max_dims=3), torch.float64, requires_grad=True))
def test_is_out_of_the_graph(impl, x):
    """The snapshot of a result is a leaf without a graph, and does not disturb a backward pass."""
    y = x.exp()  # backward reads the result that exp has given
    result = impl.snapshot(y)
    facts = {"requires_grad": result.requires_grad, "is_leaf": result.is_leaf}
    with torch.no_grad():
        result.zero_()
    y.sum().backward()
    assert_same(x.grad, x.exp())
    return {"snapshot": facts, "x's result": y}


@misconception(
    of="snapshot",
    says="detach and .data leave the graph, but not the memory: who writes to x writes to your "
    "snapshot.",
)
def only_detaches(x):
    return x.detach()


@misconception(
    of="snapshot",
    says="A clone, as any other result of an operation on x, has its own memory, but requires grad "
    "where x does, and keeps x's graph alive.",
)
def only_clones(x):
    return x.clone()


@misconception(
    of="snapshot",
    says="That is x itself: a second name copies nothing.",
)
def gives_it_another_name(x):
    return x


@misconception(
    of="snapshot",
    says="deepcopy takes requires_grad along, and refuses a tensor that is the result of others.",
)
def deep_copies(x):
    import copy

    return copy.deepcopy(x)


@misconception(
    of="snapshot",
    says="contiguous() copies only where x is not contiguous. Otherwise it gives x's own memory.",
)
def copies_where_it_must(x):
    return x.detach().contiguous()


@misconception(
    of="snapshot",
    says="A method whose name ends in an underscore changes the tensor: detach_ takes x itself out "
    "of its graph.",
)
def detaches_x(x):
    return x.detach_().clone()


@misconception(
    of="snapshot",
    says="What goes through the CPU stays there. A snapshot lies where x does.",
)
def stays_on_the_cpu(x):
    return x.detach().cpu().clone()


@misconception(
    of="snapshot",
    says="A snapshot is only looked at: nothing about it needs to require grad.",
)
def requires_grad_again(x):
    return x.detach().clone().requires_grad_(x.requires_grad)
