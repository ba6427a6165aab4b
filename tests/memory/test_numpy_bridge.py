"""Properties and misconceptions of memory/numpy_bridge."""

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KINDS = (
    *(torch.float32, torch.float64, torch.float16),
    *(torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8),
)
APART = [layout for layout in st.LAYOUTS if layout != "expanded"]  # writable one by one


@st.composite
def tensors(draw, shapes=None, layouts=st.LAYOUTS):
    """x of any dtype and layout, requiring grad or not."""
    dtype = draw(st.dtypes(*KINDS))
    asks = dtype.is_floating_point and draw(st.booleans())
    special = draw(st.booleans())
    x = st.tensors(shapes, dtype, layouts=layouts, requires_grad=asks, special=special)
    return {"x": draw(x)}


filled = tensors(st.shapes(max_dims=3, min_side=1), APART)


def with_grad(x):
    """x, which has a gradient where it requires one."""
    if x.requires_grad:
        x.grad = torch.full(x.shape, 7, dtype=x.dtype, device=x.device)
    return x


def array_of(x):
    """The values of x, by way of Python's numbers."""
    name = str(x.dtype).removeprefix("torch.")
    return np.array(x.detach().tolist(), dtype=name).reshape(x.shape)


@forall(tensors())
def test_view_shows_the_tensor(impl, x):
    """numpy_view gives an array of x's shape, dtype and values, whether x requires grad or not."""
    array = impl.numpy_view(with_grad(x).cpu())
    assert_same(array, array_of(x))
    return array


@forall(filled)
def test_view_shares_memory(impl, x):
    """A write to x is seen in numpy_view's array, and a write to the array in x."""
    x = x.cpu()
    array = impl.numpy_view(x=x)
    with torch.no_grad():
        x.fill_(5)
    after_a_write_to_x = array.copy()
    array[...] = 7
    return {"array after a write to x": after_a_write_to_x, "x after a write to the array": x}


@forall(tensors())
def test_copy_shows_the_tensor(impl, x):
    """numpy_copy gives an array of x's shape, dtype and values, from any device."""
    array = impl.numpy_copy(with_grad(x))
    assert_same(array, array_of(x))
    return array


@forall(filled)
def test_copy_has_its_own_memory(impl, x):
    """A write to x is not seen in numpy_copy's array, nor a write to the array in x."""
    array = impl.numpy_copy(x=x)
    with torch.no_grad():
        x.fill_(5)
    after_a_write_to_x = array.copy()
    array[...] = 7
    return {"array after a write to x": after_a_write_to_x, "x after a write to the array": x}


@misconception(
    of="numpy_view",
    says="numpy() refuses a tensor that requires grad, for numpy can't follow gradients. The error "
    "says how to leave the graph first, without a copy.",
)
def views_without_detach(x):
    return x.numpy()


@misconception(
    of="numpy_view",
    says="Your array has memory of its own: clone, copy and np.array copy. detach and numpy don't.",
)
def copies_for_a_view(x):
    return x.detach().clone().numpy()


@misconception(
    of="numpy_view",
    says="contiguous() copies where x is not contiguous. An array can have any strides, too.",
)
def makes_it_contiguous(x):
    return x.detach().contiguous().numpy()


@misconception(
    of="numpy_view",
    says="A method whose name ends in an underscore changes the tensor itself: x does not require "
    "grad after the call. detach() gives a second tensor on the same memory.",
)
def detaches_the_callers_tensor(x):
    return x.detach_().numpy()


@misconception(
    of="numpy_copy",
    says="detach, cpu and numpy copy nothing for a tensor on the CPU, with force=True or without: "
    "your array is a view of x.",
)
def offers_a_view_as_the_copy(x):
    return x.detach().cpu().numpy()


@misconception(
    of="numpy_copy",
    says="numpy() refuses a tensor that requires grad, and its clone and what cpu() gives require "
    "grad as well. Leave the graph first.",
)
def copies_without_detach(x):
    return x.clone().cpu().numpy()


@misconception(
    of="numpy_copy",
    says="numpy sees the CPU's memory alone: a tensor on another device must be moved first.",
)
def stays_on_the_device(x):
    return x.detach().clone().numpy()


@misconception(
    of="numpy_copy",
    says="A list holds Python's numbers, which have forgotten the dtype of x: np.array makes "
    "float64 and int64 of them.",
)
def goes_through_a_list(x):
    return np.array(x.tolist())
