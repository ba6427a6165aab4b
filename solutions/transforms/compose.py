"""Several transforms as one.

A sample goes through one transform after another. `Compose` makes one of them
all, which is called as each of them is:

    Compose([f, g, h])(x)        x ──▶ f ──▶ g ──▶ h ──▶      that is h(g(f(x)))

It knows nothing of pictures or tensors: a transform is anything that can be
called with one argument, and it is handed whatever the one before it returned.

Write the class `Compose`.

- The first in the list is the first to be called. Each call of the whole calls
  each transform once.
- Without any transform it returns what it is given: the object itself.
- What a transform returns is handed on as it is, be it None, 0 or an empty list.
- The transforms are those that were there when it was made. A list that is
  changed afterwards changes nothing, and a generator, which can be walked only
  once, does for any number of calls. A transform may be random or keep count, so
  no result is used again.
- A transform that raises ends the call, and its exception comes out as it is. The
  next call begins anew.
- It can be pickled where its transforms can, and be one of the transforms of
  another `Compose`.
"""

from collections.abc import Callable, Iterable
from typing import Any


class Compose:
    """Transforms that are called one after the other.

    Args:
        transforms: callables of one argument, in any iterable. None of them is
            called here.

    >>> shout = Compose([str.strip, str.upper])
    >>> shout("  hello ")
    'HELLO'
    >>> Compose([])(3)
    3
    """

    def __init__(self, transforms: Iterable[Callable[[Any], Any]]) -> None:
        self.transforms = tuple(transforms)

    def __call__(self, x: Any) -> Any:
        """Transform a sample.

        Args:
            x: what the first transform takes.

        Returns:
            What the last transform returned; `x` itself where there is none.
        """
        for transform in self.transforms:
            x = transform(x)
        return x


HINTS = (
    "What is kept in __init__, and what happens in __call__? The sample is known only in the "
    "second of them.",
    "Walk a generator twice and see what the second walk finds. And what do two names of one list "
    "have in common?",
    "In a loop, let the sample's name stand for what the last transform returned. Whatever it is: "
    "don't ask whether it is true.",
)

TAKE_ALONG = (
    "Who keeps an iterable keeps a copy of it: a list can change, and a generator is spent after "
    "one walk."
)
