"""Properties and misconceptions of modules/predict_conv_shape."""

import math

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "conv_out answers without making or using tensors."


def really(hw, kernel, stride, padding, dilation):
    """Height and width of such a convolution; None where torch refuses it."""
    image = torch.empty((1, 1, *hw), device="meta")
    weight = torch.empty((1, 1, kernel, kernel), device="meta")
    try:
        result = F.conv2d(image, weight, stride=stride, padding=padding, dilation=dilation)
    except RuntimeError:
        return None
    return tuple(result.shape[2:])


@st.composite
def windows(draw):
    """A convolution, given by how many steps fit each way and what is left behind the last one."""
    kernel, dilation = draw(st.sampled_from((3, 2, 1, 5))), draw(st.sampled_from((1, 2, 3)))
    stride, padding = draw(st.sampled_from((1, 2, 3, 4))), draw(st.integers(0, 7))
    sides = []
    for _ in range(2):
        steps, rest = draw(st.sampled_from((0, 1, 2, 3, 110))), draw(st.integers(0, stride - 1))
        space = dilation * (kernel - 1) + 1 + steps * stride + rest
        sides.append(max(1, space - 2 * padding))
    return {
        "hw": tuple(sides),
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
    }


@st.composite
def too_small(draw):
    """A convolution whose kernel is larger than what it slides over, in one direction or both."""
    kernel, dilation = draw(st.sampled_from((3, 2, 5, 9))), draw(st.integers(1, 3))
    reach = dilation * (kernel - 1) + 1
    padding = draw(st.integers(0, (reach - 2) // 2))
    short = draw(st.integers(1, reach - 1 - 2 * padding))
    other = draw(st.sampled_from((reach, 1, short)))
    return {
        "hw": draw(st.sampled_from(((short, other), (other, short)))),
        "kernel": kernel,
        "stride": draw(st.integers(1, 4)),
        "padding": padding,
        "dilation": dilation,
    }


def plain(shape):
    return tuple(shape) if isinstance(shape, torch.Size) else shape


@forall(windows(), examples=60)
def test_predicts_height_and_width(impl, hw, kernel, stride, padding, dilation):
    """Height and width are those that such a convolution really gives."""
    with NoOperations(WITHOUT):
        out = plain(impl.conv_out(hw, kernel, stride, padding, dilation))
    assert_same(out, really(hw, kernel, stride, padding, dilation))
    return out


@forall(too_small(), raises=ValueError)
def test_refuses_what_does_not_fit(impl, hw, kernel, stride, padding, dilation):
    """A kernel that does not fit into the padded input is refused with a ValueError."""
    with NoOperations(WITHOUT):
        return plain(impl.conv_out(hw, kernel, stride, padding, dilation))


@forall(windows(), layers=st.integers(2, 3))
def test_predicts_layer_after_layer(impl, hw, kernel, stride, padding, dilation, layers):
    """What comes out of one layer goes into the next, until the kernel no longer fits."""
    sizes = [hw]
    with NoOperations(WITHOUT):
        for _ in range(layers):
            try:
                out = impl.conv_out(
                    hw=sizes[-1], kernel=kernel, stride=stride, padding=padding, dilation=dilation
                )
            except ValueError:
                break
            sizes.append(plain(out))
    return sizes


def sized(hw, kernel, stride, padding, dilation, divide=lambda space, stride: space // stride):
    """Right but for the arguments it is given and how it divides."""
    spare = [side + 2 * padding - dilation * (kernel - 1) - 1 for side in hw]
    if min(spare) < 0:
        raise ValueError("the kernel does not fit")
    return tuple(divide(space, stride) + 1 for space in spare)


@misconception(
    of="conv_out",
    says="Yours rounds up. What is too short for another step is not used: sizes round down.",
)
def rounds_up(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel, stride, padding, dilation, lambda space, s: math.ceil(space / s))


@misconception(
    of="conv_out",
    says="Yours rounds to the nearest size. A window that does not fit whole does not count.",
)
def rounds_to_the_nearest(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel, stride, padding, dilation, lambda space, s: int(space / s + 0.5))


@misconception(
    of="conv_out",
    says="The dilation plays no part in yours. It spreads the kernel, which then covers more.",
)
def forgets_the_dilation(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel, stride, padding, 1)


@misconception(
    of="conv_out",
    says="The places left out lie between the kernel's numbers, and there is no such place behind "
    "the last one: a kernel of 3 with dilation 2 covers 5, not 6.",
)
def multiplies_the_kernel(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel * dilation, stride, padding, 1)


@misconception(
    of="conv_out",
    says="dilation - 1 places are left out between two numbers: dilation 1 leaves out none.",
)
def counts_dilation_from_0(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel, stride, padding, dilation + 1)


@misconception(
    of="conv_out",
    says="The zeros are added on each side, so the input grows by twice the padding.",
)
def pads_one_side(hw, kernel, stride, padding, dilation):
    return sized([side - padding for side in hw], kernel, stride, padding, dilation)


@misconception(
    of="conv_out",
    says="The padding plays no part in yours.",
)
def forgets_the_padding(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel, stride, 0, dilation)


@misconception(
    of="conv_out",
    says="Strides are counted from the first window on, which counts too: yours is one too few.",
)
def forgets_the_first_window(hw, kernel, stride, padding, dilation):
    return tuple(side - 1 for side in sized(hw, kernel, stride, padding, dilation))


@misconception(
    of="conv_out",
    says="The stride divides the places left behind the first window. Yours adds that window "
    "before it divides.",
)
def divides_the_windows(hw, kernel, stride, padding, dilation):
    return tuple(side // stride for side in sized(hw, kernel, 1, padding, dilation))


@misconception(
    of="conv_out",
    says="Height comes first, then width; yours are swapped.",
)
def swaps_height_and_width(hw, kernel, stride, padding, dilation):
    return sized(hw[::-1], kernel, stride, padding, dilation)


@misconception(
    of="conv_out",
    says="Height and width are two sizes. Yours takes the input for a square.",
)
def takes_it_for_a_square(hw, kernel, stride, padding, dilation):
    return sized((hw[0], hw[0]), kernel, stride, padding, dilation)


@misconception(
    of="conv_out",
    says="Where the kernel does not fit, there is no size, not even 0: torch refuses, and so must "
    "conv_out.",
)
def gives_a_size_to_what_does_not_fit(hw, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return tuple((side + 2 * padding - reach) // stride + 1 for side in hw)


@misconception(
    of="conv_out",
    says="The kernel must fit into the padded input. Yours refuses one that is larger than the "
    "input without its padding.",
)
def compares_with_the_bare_input(hw, kernel, stride, padding, dilation):
    if min(hw) < dilation * (kernel - 1) + 1:
        raise ValueError("the kernel does not fit")
    return sized(hw, kernel, stride, padding, dilation)


@misconception(
    of="conv_out",
    says="Only pooling refuses a padding of more than half its kernel. A convolution takes any.",
)
def refuses_much_padding(hw, kernel, stride, padding, dilation):
    if padding > kernel // 2:
        raise ValueError("too much padding")
    return sized(hw, kernel, stride, padding, dilation)


@misconception(
    of="conv_out",
    says="/ gives a float. A size is an int.",
)
def gives_floats(hw, kernel, stride, padding, dilation):
    return sized(hw, kernel, stride, padding, dilation, lambda space, s: float(space // s))
