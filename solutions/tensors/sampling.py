"""Random numbers in a range, and one order for two tensors.

`torch.rand` gives numbers that are spread evenly over [0, 1): 0 can come, 1 can't. Any other range
is reached by arithmetic: the width of the range is one matter, the place where it begins another.

    rand            0.0  0.25  0.5  0.75 …
    range [4, 6)    4.0  4.5   5.0  5.5  …

Samples and their labels are shuffled by one order: a permutation of the row numbers, as
`torch.randperm` draws it, used for both.

    x  [a b c d]      order  [2 0 3 1]      x  [c a d b]
    y  [0 1 2 3]                            y  [2 0 3 1]

Write `uniform` and `shuffle_together`. All of torch is allowed. For both functions:

- A generator is the source of the random numbers where one is given. It lives on a device and
  draws on that device alone. Equal seeds give equal results, and a second call with the same
  generator goes on from where the first ended, so that it gives something else.
- Where a generator is given, torch's global random state is neither used nor changed.
- Without one, torch's global random state is the source: torch.manual_seed makes the results
  repeatable, and two calls in a row give different ones.
"""

import torch
from torch import Tensor


def uniform(
    low: float,
    high: float,
    size: tuple[int, ...],
    *,
    generator: torch.Generator | None = None,
    dtype: torch.dtype = torch.float32,
    device: torch.device | str = "cpu",
) -> Tensor:
    """Draw numbers evenly from low to high.

    Args:
        low: the start of the range; as high and high - low, within the range of `dtype`.
        high: its end, at least low.
        size: the shape of the result; () and sides of length 0 are allowed.
        generator: the source of the random numbers, on `device`, or None.
        dtype: the dtype of the result: float16, bfloat16, float32 or float64.
        device: the device of the result.

    Returns:
        A tensor with low <= values <= high, up to rounding, every part of the range as likely as
        any other of its width, each value drawn by itself. It does not require grad.

    >>> uniform(2.0, 2.0, (3,))
    tensor([2., 2., 2.])
    >>> numbers = uniform(-1.0, 1.0, (100, 100), generator=torch.Generator().manual_seed(0))
    >>> bool((numbers >= -1).all()), bool((numbers <= 1).all())
    (True, True)
    >>> round(numbers.mean().item(), 1), round(numbers.min().item(), 1)
    (0.0, -1.0)
    """
    unit = torch.rand(size, generator=generator, dtype=dtype, device=device)
    return low + (high - low) * unit


def shuffle_together(
    x: Tensor, y: Tensor, *, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor]:
    """Put the rows of two tensors into one random order.

    Args:
        x: any dtype, shape (n, ...). n may be 0.
        y: any dtype, shape (n, ...), on the device of x. Row i of y belongs to row i of x.
        generator: the source of the random numbers, on the device of x, or None.

    Returns:
        The tuple of x and y with their rows in a new order, the same for both, each order as likely
        as any other. What is inside a row stays as it is. x and y are left as they were.

    >>> x, y = shuffle_together(torch.tensor([[10, 11], [20, 21], [30, 31]]), torch.arange(1, 4))
    >>> bool((x == y.unsqueeze(1) * 10 + torch.tensor([0, 1])).all())
    True
    >>> y.sort().values
    tensor([1, 2, 3])
    """
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order]


HINTS = (
    "For uniform, how wide is the range from low to high? Which two steps of arithmetic take "
    "[0, 1) to a range of that width that begins at low?",
    "torch.rand has generator=, dtype= and device=, and so has torch.randperm. What is handed on "
    "to them need not be done by hand.",
    "For shuffle_together, draw one order of len(x) row numbers, on the device of x, and index "
    "both tensors with it.",
)

TAKE_ALONG = (
    "Scale by high - low, then add low. Pairs stay pairs where one permutation indexes both. "
    "A generator of your own leaves the global random state alone."
)

APPROACH = (
    "It hands generator=None on as it is: torch takes that for the global random state, so no "
    "branch is needed."
)
