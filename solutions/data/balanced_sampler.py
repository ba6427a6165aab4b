"""Draw from all classes alike.

Where nine of ten samples are of one class, a model learns most by always saying that
class. A sampler tells a loader which samples to take; this one draws rare classes as
often as common ones:

    sample    0  1  2  3  4  5  6  7                 class A   class B
    label     A  A  A  A  A  A  B  B      drawn        1/2       1/2
                                          a sample     1/12      1/4     of all draws

Write the class `Balanced`, a subclass of `Sampler`. An epoch is n draws, and each of
them is fair:

- Every class that occurs among the labels is as likely as any other, and within it
  every sample. So samples of a rare class come many times, though others never come.
- What is drawn are the numbers of samples, as ints, and not their labels.
- Each epoch draws anew. It draws from the generator, and from the global random state
  where there is none; the same seed gives the same epochs.

All of torch is allowed.
"""

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.utils.data import Sampler


class Balanced(Sampler):
    """Numbers of samples, drawn so that each class comes equally often.

    Args:
        labels: the class of each sample, int64 of shape (count,) on the CPU, count at
            least 1. Classes can be any whole numbers, with gaps between them.
        n: how many samples an epoch has, at least 1; fewer than count or more.
        generator: what is drawn from, on the CPU; None is the global random state.

    >>> sampler = Balanced(torch.tensor([3, 3, 3, 3, 3, 3, 3, 3, 3, 7]), n=1000)
    >>> len(sampler)
    1000
    >>> 300 < list(sampler).count(9) < 700    # the one sample of class 7
    True
    """

    def __init__(self, labels: Tensor, n: int, generator: torch.Generator | None = None) -> None:
        _, classes, counts = labels.unique(return_inverse=True, return_counts=True)
        self.weights = 1 / counts[classes].double()
        self.n = n
        self.generator = generator

    def __len__(self) -> int:
        """How many samples an epoch has: n."""
        return self.n

    def __iter__(self) -> Iterator[int]:
        """Begin an epoch: n numbers from 0 to count - 1."""
        drawn = torch.multinomial(self.weights, self.n, replacement=True, generator=self.generator)
        return iter(drawn.tolist())


HINTS = (
    "A class of six samples is to come as often as one of two. What must the chance of each of the "
    "six be, next to that of each of the two?",
    "One weight for each sample: 1 / (how many samples its class has). labels.unique can count, "
    "with return_counts=True, and say which class each label is, with return_inverse=True.",
    "torch.multinomial(weights, n, replacement=True, generator=…) draws numbers by weight. In "
    "which method must it be called, for a new draw in each epoch?",
)

TAKE_ALONG = (
    "A sampler gives numbers of samples. Weights that are 1 / count of the class make classes come "
    "alike; and what is to be new in each epoch is drawn in __iter__."
)

APPROACH = (
    "It draws by weight. WeightedRandomSampler does just this, when it is given the weights; to "
    "draw a class first and then one of its samples is as good."
)
