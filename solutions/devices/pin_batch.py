"""Pin a batch of your own class.

An accelerator fetches data from the CPU's memory by itself, but only from pages that the system
does not move meanwhile: pinned memory. From any other memory there is a copy first, and the program
waits for it:

    pageable ──copy──▶ pinned ──▶ accelerator        x.to("cuda")
                       pinned ──▶ accelerator        x.pin_memory().to("cuda", non_blocking=True)

A DataLoader with pin_memory=True pins what its workers have made. It knows tensors, dicts, lists
and tuples. A batch of another class it asks: where there is a method `pin_memory`, it calls it and
hands on *what that returns*.

    batch = collate_fn(samples)  ──▶  batch.pin_memory()  ──▶  for batch in loader

Write the class `Batch`, which can be a loader's collate_fn, and `pin`, which does what the loader
does.

- `x.pin_memory()` returns a pinned copy, and leaves x as it is. So `Batch.pin_memory` has to keep
  what it gets, and it returns the batch.
- `pin` walks through dicts, lists, tuples and named tuples, however deep; they come back as the
  same types, with the same keys in the same order, and what was handed in stays as it is. An object
  with a method `pin_memory` is asked, and what it returns is taken. All else comes back as it is,
  the same object.
- A tensor on an accelerator can't be pinned, torch raises. `pin` gives it back as it is.
- Pin with `x.pin_memory()`: a tensor made with pin_memory=True needs CUDA, and sim refuses it.
- On a machine without an accelerator `x.pin_memory()` raises RuntimeError. There `Batch.pin_memory`
  and `pin` change nothing: the batch is returned, and tensors come back as they are. Programs are
  to run there too.

All of torch is allowed.
"""

from typing import Any

import torch
from torch import Tensor


class Batch:
    """Samples as two tensors, which a DataLoader can pin.

    Args:
        samples: a list of pairs (x, y), at least one: a tensor, all of one shape and dtype, and a
            class id.

    Attributes:
        x: the tensors, stacked, shape (N, ...).
        y: the class ids, int64, shape (N,).

    >>> batch = Batch([(torch.tensor([1.0, 2.0]), 7), (torch.tensor([3.0, 4.0]), 8)])
    >>> batch.x.shape, batch.y
    (torch.Size([2, 2]), tensor([7, 8]))
    >>> batch.pin_memory() is None
    False
    """

    def __init__(self, samples: list[tuple[Tensor, int]]) -> None:
        self.x = torch.stack([x for x, _ in samples])
        self.y = torch.tensor([y for _, y in samples])

    def pin_memory(self) -> "Batch":
        """Pin both tensors, where there is an accelerator.

        Returns:
            A Batch with pinned tensors of the same values: this one, or another.
        """
        self.x, self.y = pin(self.x), pin(self.y)
        return self


def pin(obj: Any) -> Any:
    """Pin all that can be pinned, where there is an accelerator.

    Args:
        obj: a tensor, an object with a method `pin_memory`, a dict, a list, a tuple or a named
            tuple of such, or anything else, but of no other class that inherits from dict, list or
            tuple. A container does not hold itself.

    Returns:
        The same with its tensors in pinned memory.

    >>> pin([torch.tensor([1, 2]), ("cat.png", None)])
    [tensor([1, 2]), ('cat.png', None)]
    """
    match obj:
        case Tensor():
            return obj.pin_memory() if obj.is_cpu and torch.accelerator.is_available() else obj
        case dict():
            return {key: pin(value) for key, value in obj.items()}
        case list():
            return [pin(each) for each in obj]
        case tuple():
            pinned = (pin(each) for each in obj)
            return type(obj)(*pinned) if hasattr(obj, "_fields") else tuple(pinned)
    return obj.pin_memory() if hasattr(obj, "pin_memory") else obj


HINTS = (
    "torch.stack makes one tensor of a list of them, and torch.tensor one of a list of ints.",
    "x.pin_memory() changes nothing in x. Where must its result be put, and what does the loader "
    "make of a method that returns nothing?",
    "In pin, take tensors first: is it on the CPU, and does torch.accelerator.is_available() say "
    "yes? Then containers, item by item.",
    "What is left is asked for the method: hasattr(obj, 'pin_memory').",
)

TAKE_ALONG = (
    "pin_memory returns the pinned copy, on a tensor as on a batch of your own: a method without a "
    "return hands None to the training loop. Pinned memory is what makes non_blocking=True work."
)

APPROACH = (
    "Batch leaves it to pin whether there is an accelerator, so that this is asked in one place."
)
