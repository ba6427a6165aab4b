"""One-hot labels, one sample at a time.

A dataset gives a label as a class id, and some losses want a row of numbers, with
a 1 in the column of the class. A target transform turns one into the other when a
sample is asked for:

    OneHotTarget(4)(2)          [0, 0, 1, 0]

Such an object is called thousands of times, so why not keep one row, and set it
anew at each call? Because the caller keeps what it was given: a batch of such
rows would be the last label, over and over.

Write the class `OneHotTarget`.

- A label is an int, or an integer tensor of any shape; a row is made for each of
  its elements, along a new last dimension.
- Each call gives a tensor with memory of its own: no later call changes it, and
  writing to it changes no later one.
- A label that is no class, below 0 or from num_classes on, is refused. -1 is not
  the last class.
- It can be pickled, before and after calls, so that a DataLoader can send it to
  its workers: a lambda in it can't be.

All of torch is allowed.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


class OneHotTarget:
    """A label as a row of zeros with a single 1.

    Args:
        num_classes: how many classes there are, at least 1.

    >>> one_hot = OneHotTarget(4)
    >>> one_hot(2)
    tensor([0., 0., 1., 0.])
    >>> one_hot(torch.tensor([3, 0]))
    tensor([[0., 0., 0., 1.],
            [1., 0., 0., 0.]])
    """

    def __init__(self, num_classes: int) -> None:
        self.num_classes = num_classes

    def __call__(self, y: int | Tensor) -> Tensor:
        """Make a row for each label.

        Args:
            y: an int within int64, or an int64, int32 or uint8 tensor of any shape, 0-dim and
                empty ones included. `num_classes` is a number that its dtype holds.

        Returns:
            float32, shape (num_classes,) for an int and (*y.shape, num_classes)
            for a tensor, on the device of `y`; on the CPU for an int.

        Raises:
            ValueError: a label is below 0, or `num_classes` or more.
        """
        labels = torch.as_tensor(y).long()
        if ((labels < 0) | (labels >= self.num_classes)).any():
            raise ValueError(f"labels go from 0 to {self.num_classes - 1}, and y is {y}")
        return F.one_hot(labels, self.num_classes).float()


HINTS = (
    "torch.as_tensor makes a 0-dim tensor of an int, and leaves a tensor on its device. From there "
    "on there is one case.",
    "F.one_hot wants int64, and gives int64. Which dtype is asked for, and which may y have?",
    "What does the object have to keep between two calls? Only what does not depend on the label.",
    "Compare the labels with 0 and with num_classes yourself: an index of -1 is taken for the last "
    "column.",
)

TAKE_ALONG = (
    "An object that is called many times must not give out its own memory. Keep settings, and make "
    "results anew."
)
