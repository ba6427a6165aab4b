"""Properties and misconceptions of shapes/layout."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded
SIDES = st.one_of(st.shapes(3, 3, min_side=2), st.shapes(3, 3, min_side=1), st.shapes(3, 3))
BATCH = (st.shapes(1, 2, min_side=1),)


@st.composite
def images(draw, leading=(), dtype=st.ANY_DTYPE):
    """A tensor with three dimensions, or more: most often long ones, with values that differ."""
    shape = draw(SIDES)
    for strategy in leading:
        shape = draw(strategy) + shape
    return draw(st.tensors(shape, dtype, unique=len(shape) == 3))


def image_of(dtype):
    return {"x": images(dtype=dtype)}


def batch_of(dtype):
    return {"x": images(BATCH, dtype)}


@forall(x=images(), tolerance=EXACT, strata=st.telling_dtypes(image_of))
def test_puts_the_channels_first(impl, x):
    """hwc_to_chw moves the channels of an image before its rows and columns."""
    before = x.clone()
    planes = impl.hwc_to_chw(x)
    assert_same(planes, before.permute(2, 0, 1))
    return planes


@forall(x=images(leading=BATCH), tolerance=EXACT, strata=st.telling_dtypes(batch_of))
def test_puts_the_channels_before_height(impl, x):
    """Dimensions before the last three stay in front: hwc_to_chw turns the last three alone."""
    before = x.clone()
    planes = impl.hwc_to_chw(x)
    assert_same(planes, torch.einsum("...hwc->...chw", before))
    return planes


@forall(x=images(), tolerance=EXACT, strata=st.telling_dtypes(image_of))
def test_puts_the_channels_last(impl, x):
    """chw_to_hwc moves the channels of an image behind its rows and columns."""
    before = x.clone()
    pixels = impl.chw_to_hwc(x)
    assert_same(pixels, before.permute(1, 2, 0))
    return pixels


@forall(x=images(leading=BATCH), tolerance=EXACT, strata=st.telling_dtypes(batch_of))
def test_puts_the_channels_behind_width(impl, x):
    """Dimensions before the last three stay in front: chw_to_hwc turns the last three alone."""
    before = x.clone()
    pixels = impl.chw_to_hwc(x)
    assert_same(pixels, torch.einsum("...chw->...hwc", before))
    return pixels


TELLING = {
    "a single image": {"x": st.tensors((2, 3, 4), unique=True)},
    "a batch of videos": {"x": st.tensors((2, 1, 2, 3, 4))},
}


def in_memory(result):
    """The elements in the order in which they lie in memory."""
    return result.as_strided((result.numel(),), (1,))


@forall(x=images(leading=(st.shapes(0, 2, min_side=1),)), tolerance=EXACT, strata=TELLING)
def test_goes_there_and_back(impl, x):
    """Both results are contiguous, and one function undoes the other."""
    planes, pixels = impl.hwc_to_chw(x), impl.chw_to_hwc(x)
    assert planes.is_contiguous(), "The result of hwc_to_chw is not contiguous."
    assert pixels.is_contiguous(), "The result of chw_to_hwc is not contiguous."
    back = impl.chw_to_hwc(planes), impl.hwc_to_chw(pixels)
    return planes, pixels, *back, in_memory(planes), in_memory(pixels)


@misconception(
    of="hwc_to_chw",
    says="reshape keeps the elements in the order of memory and cuts them into other rows: pixels "
    "get mixed up. The dimensions themselves must change places.",
)
def reshapes(x):
    height, width, channels = x.shape[-3:]
    return x.reshape(*x.shape[:-3], channels, height, width)


@misconception(
    of="chw_to_hwc",
    says="reshape keeps the elements in the order of memory and cuts them into other rows: pixels "
    "get mixed up. The dimensions themselves must change places.",
)
def reshapes_back(x):
    channels, height, width = x.shape[-3:]
    return x.reshape(*x.shape[:-3], height, width, channels)


@misconception(
    of="hwc_to_chw",
    says="Turning the order of the dimensions around swaps height and width too: the image lies "
    "on its side.",
)
def turns_the_order_around(x):
    return x.transpose(-1, -3).contiguous()


@misconception(
    of="hwc_to_chw",
    says="permute(2, 1, 0) swaps height and width too: the image lies on its side. And x can have "
    "more dimensions than three.",
)
def permutes_2_1_0(x):
    return x.permute(2, 1, 0).contiguous()


@misconception(
    of="chw_to_hwc",
    says="Turning the order of the dimensions around swaps height and width too: the image lies "
    "on its side.",
)
def turns_the_order_back(x):
    return x.transpose(-1, -3).contiguous()


@misconception(
    of="chw_to_hwc",
    says="The same permutation again is not the way back: three dimensions in a circle need the "
    "opposite turn.",
)
def turns_the_same_way_again(x):
    return x.movedim(-1, -3).contiguous()


@misconception(
    of="hwc_to_chw",
    says="permute and movedim give a view: the elements still lie in the old order.",
)
def leaves_a_view(x):
    return x.movedim(-1, -3)


@misconception(
    of="chw_to_hwc",
    says="permute and movedim give a view: the elements still lie in the old order.",
)
def leaves_a_view_back(x):
    return x.movedim(-3, -1)


@misconception(
    of="hwc_to_chw",
    says="x can have more dimensions than three, and permute wants to know where all of them go. "
    "Count from the end, and leave those in front alone.",
)
def takes_three_dimensions(x):
    return x.permute(2, 0, 1).contiguous()


@misconception(
    of="chw_to_hwc",
    says="x can have more dimensions than three, and permute wants to know where all of them go. "
    "Count from the end, and leave those in front alone.",
)
def takes_three_dimensions_back(x):
    return x.permute(1, 2, 0).contiguous()


@misconception(
    of="hwc_to_chw",
    says="Dimension 0 is the height only where x is a single image. In a batch the channels go "
    "behind the leading dimensions.",
)
def moves_to_the_very_front(x):
    return x.movedim(-1, 0).contiguous()


@misconception(
    of="chw_to_hwc",
    says="Dimension 0 holds the channels only where x is a single image. In a batch they are the "
    "third from the end.",
)
def moves_from_the_very_front(x):
    return x.movedim(0, -1).contiguous()
