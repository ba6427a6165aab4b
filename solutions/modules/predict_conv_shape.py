"""How large is what a convolution gives?

A kernel slides over a padded input. The output has one number for each place where the whole kernel
fits. In one dimension, with 7 numbers, padding 1, a kernel of 3 and stride 2:

    padded    0  1  2  3  4  5  6  7  0       7 + 2 · 1 = 9 places
              └─────┘                         a window covers 3 of them
                    └─────┘                   the next one begins 2 further on
                          └─────┘             ...
                                └─────┘       4 windows fit

Dilation spreads the kernel: between two of its numbers, dilation - 1 places are left out. A kernel
of 3 with dilation 2 covers 5 places, one of 1 covers 1, whatever the dilation.

              ■     ■     ■                   kernel 3, dilation 2

What is left at the end, too short for another step, is not used: sizes round down. Height and
width follow the same rule, each by itself. Max pooling counts in the same way.

Write `conv_out`. You answer from what you know: it must not make or use tensors or arrays.
"""


def conv_out(
    hw: tuple[int, ...], kernel: int, stride: int, padding: int, dilation: int
) -> tuple[int, ...]:
    """Predict height and width of the output of a 2-D convolution.

    Args:
        hw: height and width of the input, each at least 1.
        kernel: height and width of the kernel, at least 1.
        stride: how far it moves at each step, at least 1.
        padding: how many zeros are added on each side, at least 0; perhaps more than the kernel.
        dilation: how far apart the numbers of the kernel lie, at least 1.

    Returns:
        Height and width of the output, a tuple of two ints, as `nn.Conv2d` gives them.

    Raises:
        ValueError: the kernel, spread by the dilation, does not fit into the padded input.

    >>> conv_out((7, 9), kernel=3, stride=2, padding=1, dilation=1)
    (4, 5)
    >>> conv_out((8, 8), kernel=3, stride=1, padding=0, dilation=2)
    (4, 4)
    """
    reach = dilation * (kernel - 1)
    spare = [side + 2 * padding - reach - 1 for side in hw]
    if min(spare) < 0:
        raise ValueError(f"a kernel of {kernel} does not fit into {hw} with padding {padding}")
    return tuple(space // stride + 1 for space in spare)


HINTS = (
    "How many places does the kernel cover from its first number to its last? Try kernel 3 with "
    "dilation 1, 2 and 3, and kernel 1.",
    "Put the first window at the very start. How many places are left behind it? Each full stride "
    "within them is one more window.",
    "Count fence posts: the first window, and one for each stride that fits into what is left. "
    "Division rounds down.",
    "Where nothing is left, one window fits. Where less than nothing is, none does, and torch "
    "refuses. Does // tell the two apart?",
)

TAKE_ALONG = (
    "A dilated kernel covers dilation · (kernel - 1) + 1 places. The output size is what is left "
    "behind the first window, divided by the stride and rounded down, plus 1."
)

APPROACH = (
    "It works out what is left behind the first window, which also tells whether the kernel fits. "
    "Rounding a negative number down and adding 1 gives 0 or less, which is no size."
)
