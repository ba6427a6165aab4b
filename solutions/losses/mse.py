"""Mean squared error that refuses to broadcast.

A regression model with one output gives predictions of shape (n, 1). Labels
from a table have shape (n,). Subtract them, and torch broadcasts:

    pred (3, 1)    target (3,)     pred - target (3, 3)
    [[1],          [1, 2, 3]       [[0, -1, -2],
     [2],                           [1,  0, -1],
     [3]]                           [2,  1,  0]]

Each prediction is right, and the mean of the squares is 1.33: every prediction
is held to every target. Such a loss goes down in training too, until the model
answers the mean of all targets, whatever it is asked. torch's `mse_loss` warns
and goes on. Yours raises.

Write `mse`, for all elements at once: the number of torch operations must not
grow with the size.

- Each element's error is (pred - target)², also where both are large numbers
  that lie close together, and where they are infinite: ∞ - ∞ is NaN, as anywhere.
- The gradient reaches `pred` and `target`, whichever requires grad.
- No elements: the sum is 0, and the mean, which is 0 / 0, is NaN.

Not allowed: torch's own `mse_loss` and `MSELoss`, `tolist` and numpy.
"""

import torch
from torch import Tensor


def mse(pred: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """Compute the squared errors of predictions, or their mean or sum.

    Args:
        pred: float32 or float64, any shape.
        target: the same dtype and the same shape.
        reduction: "mean" divides the sum by the number of elements, not of
            rows; "sum" adds up; "none" keeps one error for each element.

    Returns:
        A tensor with the dtype and on the device of `pred`: 0-dim, or with the
        shape of `pred` where reduction is "none". It is part of the autograd
        graph where an argument requires grad, and has memory of its own.

    Raises:
        ValueError: the shapes differ in any way, though they could be broadcast
            or hold equally many elements; or `reduction` is another string,
            whatever the shapes.

    >>> mse(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)
    >>> mse(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]), "none")
    tensor([0., 4.])
    >>> mse(torch.ones(3, 1), torch.ones(3))
    Traceback (most recent call last):
    ValueError: pred has shape (3, 1), and target has shape (3,)
    """
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction is {reduction!r}: choose none, mean or sum")
    if pred.shape != target.shape:
        raise ValueError(
            f"pred has shape {tuple(pred.shape)}, and target has shape {tuple(target.shape)}"
        )
    errors = (pred - target).square()
    if reduction == "none":
        return errors
    return errors.mean() if reduction == "mean" else errors.sum()


HINTS = (
    "Which pairs of shapes does torch subtract without a word? Only one kind is meant here: look "
    "at the shapes before you look at the values.",
    "Shapes compare like tuples: (3, 1) is not (3,), and (2, 3) is not (3, 2). Counting elements "
    "or dimensions is not enough.",
    "Subtract first and square then. The three reductions differ in what comes last, and a string "
    "that is none of the three needs an answer of its own.",
)

TAKE_ALONG = (
    "A loss that broadcasts trains the wrong thing without an error. Compare shapes before you "
    "subtract, or turn torch's warning into an exception."
)

APPROACH = (
    "It checks the arguments before it computes. p² - 2pt + t² is the same on paper, but loses the "
    "difference of two large numbers, and makes NaN of an infinite one."
)
