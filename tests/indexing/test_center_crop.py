"""Properties and misconceptions of indexing/center_crop."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

BEFORE = st.one_of(st.shapes(0, 2, min_side=1, max_side=2), st.shapes(0, 2, max_side=2))
SIDES = (2, 3, 1, 4, 5, 6, 7, 0)

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def crops(draw, dtype=torch.float32, requires_grad=False):
    """x, and a height and a width that fit into it."""
    shape = (*draw(BEFORE), draw(st.sampled_from(SIDES)), draw(st.sampled_from(SIDES)))
    x = draw(st.tensors(shape, dtype, special=True, requires_grad=requires_grad))
    h, w = (draw(st.integers(0, side)) for side in shape[-2:])
    return {"x": x, "h": h, "w": w}


@st.composite
def misfits(draw):
    """x, and a height or a width, or both, that are too large for it."""
    height, width = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    h, w = draw(st.integers(0, height)), draw(st.integers(0, width))
    more = draw(st.integers(1, 3))
    too_large = draw(
        st.sampled_from(((height + more, w), (h, width + more), (height + more, width + more)))
    )
    x = draw(st.tensors((*draw(BEFORE), height, width)))
    return {"x": x, "h": too_large[0], "w": too_large[1]}


def middle(length, size):
    """The places that are left where the last and the first are dropped in turn, last first."""
    places = list(range(length))
    while len(places) > size:
        places.pop()
        if len(places) > size:
            places.pop(0)
    return places


@forall(
    crops(st.ANY_DTYPE),
    tolerance=EXACT,
    strata=st.telling_dtypes(crops),
)
def test_cuts_out_the_middle(impl, x, h, w):
    """The crop is h rows and w columns from the middle; the first margin is never the longer."""
    crop = impl.center_crop(x, h, w)
    assert_same(crop, x[..., middle(x.shape[-2], h), :][..., middle(x.shape[-1], w)])
    return crop


@forall(crops(st.dtypes(), requires_grad=True), aliasing=True)
def test_is_a_view(impl, x, h, w):
    """The crop is a view of x: it shares its memory and is part of its graph."""
    crop = impl.center_crop(x=x, h=h, w=w)
    return crop[...]  # where nothing is cut off, x itself is as good as a view of it


@forall(misfits(), raises=ValueError)
def test_refuses_what_does_not_fit(impl, x, h, w):
    """A crop that is higher or wider than x raises ValueError."""
    return impl.center_crop(x, h, w)


def fits(x, h, w):
    if h > x.shape[-2] or w > x.shape[-1]:
        raise ValueError("the crop does not fit")


@misconception(
    of="center_crop",
    says="Where an odd number is to be dropped, the first margin is the shorter one. Yours is the "
    "longer one there.",
)
def rounds_the_margin_up(x, h, w):
    fits(x, h, w)
    top, left = (x.shape[-2] - h + 1) // 2, (x.shape[-1] - w + 1) // 2
    return x[..., top : top + h, left : left + w]


@misconception(
    of="center_crop",
    says="round() takes a half to the next even number, up or down. The first margin is to be the "
    "shorter one always.",
)
def rounds_to_even(x, h, w):
    fits(x, h, w)
    top, left = round((x.shape[-2] - h) / 2), round((x.shape[-1] - w) / 2)
    return x[..., top : top + h, left : left + w]


@misconception(
    of="center_crop",
    says="Half the side less half the crop rounds twice. Halve what is to be dropped instead.",
)
def halves_side_and_crop(x, h, w):
    fits(x, h, w)
    top, left = x.shape[-2] // 2 - h // 2, x.shape[-1] // 2 - w // 2
    return x[..., top : top + h, left : left + w]


@misconception(
    of="center_crop",
    says="Height comes before width: h counts rows, which are the last dimension but one.",
)
def swaps_h_and_w(x, h, w):
    fits(x, w, h)
    top, left = (x.shape[-2] - w) // 2, (x.shape[-1] - h) // 2
    return x[..., top : top + w, left : left + h]


@misconception(
    of="center_crop",
    says="The shape of a tensor has the height before the width. Image libraries that give "
    "(width, height) mean something else.",
)
def reads_the_width_first(x, h, w):
    width, height = x.shape[-2:]
    if h > height or w > width:
        raise ValueError("the crop does not fit")
    top, left = (height - h) // 2, (width - w) // 2
    return x[..., top : top + h, left : left + w]


@misconception(
    of="center_crop",
    says="That is the upper left corner. The crop is from the middle.",
)
def crops_the_corner(x, h, w):
    fits(x, h, w)
    return x[..., :h, :w]


@misconception(
    of="center_crop",
    says="The margins are the same only where an even number is to be dropped. The length of the "
    "crop must come out as asked for always.",
)
def leaves_the_same_margin_twice(x, h, w):
    fits(x, h, w)
    top, left = (x.shape[-2] - h) // 2, (x.shape[-1] - w) // 2
    return x[..., top : x.shape[-2] - top, left : x.shape[-1] - left]


@misconception(
    of="center_crop",
    says="An end of -0 is 0, so that the slice is empty where there is no margin. And the two "
    "margins are the same only where an even number is to be dropped.",
)
def counts_the_end_from_behind(x, h, w):
    fits(x, h, w)
    top, left = (x.shape[-2] - h) // 2, (x.shape[-1] - w) // 2
    return x[..., top:-top, left:-left]


@misconception(
    of="center_crop",
    says="Slices never raise: what does not fit is cut off, and a negative start counts from the "
    "end. Compare the sizes yourself.",
)
def leaves_the_check_to_the_slice(x, h, w):
    top, left = (x.shape[-2] - h) // 2, (x.shape[-1] - w) // 2
    return x[..., top : top + h, left : left + w]


@misconception(
    of="center_crop",
    says="That copies the crop. A slice is a view already: the result is to share the memory of x.",
)
def copies_the_crop(x, h, w):
    fits(x, h, w)
    top, left = (x.shape[-2] - h) // 2, (x.shape[-1] - w) // 2
    return x[..., top : top + h, left : left + w].clone()


@misconception(
    of="center_crop",
    says="Height and width are the last two dimensions, however many come before. Yours always "
    "crops the second and third.",
)
def takes_x_for_one_image(x, h, w):
    fits(x, h, w)
    top, left = (x.shape[-2] - h) // 2, (x.shape[-1] - w) // 2
    return x[:, top : top + h, left : left + w]
