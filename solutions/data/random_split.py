"""Split the samples at random.

A part of the samples is kept from training, to measure with. Which ones must not
depend on their order in the file, where all cats may come before all dogs. So the
numbers of the samples are shuffled, and the shuffled row is cut:

    0 1 2 3 4 5 6     ──▶     4 1 6 2 │ 5 0 │ 3
    n = 7                     split(7, [0.5, 0.25, 0.25], generator)

The sizes are a trap. 7 · 0.5 is 3.5, and 7 · 0.25 is 1.75: rounded down, that is
3 + 1 + 1, and two samples would be in no part at all. Write `split` with torch's rule:

- Each part gets n · fraction samples, rounded down. Those that are left are dealt one
  by one, from the first part on: 3 + 1, 1 + 1 and 1.
- Each sample is in exactly one part, and each choice of samples for the parts is as
  likely as any other. The order within a part does not matter.
- All that is random comes from the generator. The same seed gives the same split,
  so that nobody trains on what was measured with before; the next call with the same
  generator gives another one. The global random state is left alone, but where the
  generator is None, it is what is drawn from.

Sums of floats are rounded: 0.7 + 0.2 + 0.1 is 0.9999999999999999, and 0.05 + 0.55 +
0.3 + 0.1 is 1.0000000000000002. Take what math.isclose takes for 1. torch's own
random_split, which splits a dataset, refuses the second. All of torch is allowed.
"""

import math

import torch
from torch import Tensor


def split(n: int, fractions: list[float], generator: torch.Generator | None) -> list[Tensor]:
    """Deal the numbers from 0 to n - 1 out to parts.

    Args:
        n: how many samples there are; it may be 0.
        fractions: how large each part is to be, at least one; none is negative, and they
            sum to 1.
        generator: a generator on the CPU, or None.

    Returns:
        A list with a part for each fraction: an int64 tensor on the CPU, 1-D, with the
        numbers of its samples.

    Raises:
        ValueError: the fractions don't sum to 1, or one of them is negative.

    >>> generator = torch.Generator().manual_seed(0)
    >>> parts = split(7, [0.5, 0.25, 0.25], generator)
    >>> [len(part) for part in parts]
    [4, 2, 1]
    >>> torch.cat(parts).sort().values
    tensor([0, 1, 2, 3, 4, 5, 6])
    """
    if min(fractions) < 0 or not math.isclose(sum(fractions), 1):
        raise ValueError(f"fractions must be positive and sum to 1: {fractions}")
    sizes = [math.floor(n * fraction) for fraction in fractions]
    for part in range(n - sum(sizes)):
        sizes[part] += 1
    return list(torch.randperm(n, generator=generator).split(sizes))


HINTS = (
    "torch.randperm gives the numbers from 0 to n - 1 in a random order. Which argument tells it "
    "where to draw from?",
    "Compute all sizes before you cut. How many samples do they leave, and which parts get one "
    "more?",
    "Tensor.split takes a list of sizes, and gives a tuple of tensors. They must add up to n.",
)

TAKE_ALONG = (
    "Shuffle once and cut once: then no sample is in two parts, and none is lost. Check that the "
    "sizes add up, and keep the seed."
)
