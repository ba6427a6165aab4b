"""Binary cross entropy from logits, and its gradient by hand.

A yes/no classifier gives one score x, its logit. sigmoid(x) is the probability
of yes, and the loss is -log of the probability that the label was given:

    y = 1:  -log(sigmoid(x))          y = 0:  -log(1 - sigmoid(x))
    both:   -(y · log(sigmoid(x)) + (1 - y) · log(1 - sigmoid(x)))

Computed like that it fails soon. In float32 sigmoid(x) rounds to 1 from about
x = 17 on, and to 0 below about x = -104. log(0) is -inf, and 0 · inf is NaN.
The loss itself is harmless: at x = 1000 and y = 0 it is 1000. The logarithm has
to be taken on paper, before anything is rounded:

    -log(sigmoid(x)) = log(1 + exp(-x))

and for the whole line there is a form in which exp sees no positive number.

The derivative by x is simple: sigmoid(x) - y. With a linear layer before it,
logits z = x @ w + b, the chain rule gives the gradients of w and b in one line
each, without autograd.

Write `bce` and `grads`.

- `bce` is right for logits of -1000 to 1000, next to each other, and for
  labels between 0 and 1 ("80 % yes") too.
- So is its gradient, for the logits and for the labels. It is sigmoid(x) - y
  for the logit 0 too, with which a model with zero weights begins. Look out:
  |x|, relu and clamp have kinks there, and the gradient that autograd takes at
  a kink need not be the one that the loss has.
- `grads` gives what autograd gives for `bce(x @ w + b, y)`, for logits of -1000
  to 1000 as well, with no backward pass.
- What they return has memory of its own. The arguments are left alone, and
  autograd's recording is on or off afterwards as it was before.
- Both work for all rows at once: the number of torch operations must not grow
  with the size.

Not allowed: torch's own binary cross entropies and soft margin losses; `tolist`
and numpy. Everything else is, `logsigmoid` and `softplus` too.
"""

import torch
from torch import Tensor
from torch.nn.functional import softplus


def bce(logits: Tensor, y: Tensor) -> Tensor:
    """Compute the mean binary cross entropy of logits.

    Args:
        logits: float32 or float64, any shape with at least one element, values
            from -1000 to 1000.
        y: the same dtype and shape, values from 0 to 1.

    Returns:
        The mean over all elements, 0-dim, with the dtype and on the device of
        `logits`. It is part of the autograd graph where an argument requires
        grad.

    Raises:
        ValueError: the shapes differ, though they could be broadcast.

    >>> bce(torch.tensor([0.0, 1000.0]), torch.tensor([1.0, 0.0]))
    tensor(500.3466)
    >>> bce(torch.tensor([-1000.0]), torch.tensor([0.8]))
    tensor(800.)
    """
    if logits.shape != y.shape:
        raise ValueError(f"logits are of shape {tuple(logits.shape)}, and y of {tuple(y.shape)}")
    return (softplus(logits) - y * logits).mean()


def grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Compute the gradients of `bce(x @ w + b, y)` by w and by b in closed form.

    Args:
        x: float32 or float64, shape (n, features), both at least 1.
        y: the same dtype, shape (n,), values from 0 to 1.
        w: the same dtype, shape (features,).
        b: the same dtype, 0-dim.

    Returns:
        The gradient by w, shape (features,), and the gradient by b, 0-dim. They
        don't require grad, whether or not w and b do, and no .grad is touched.

    >>> x, y = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 0.0])
    >>> grads(x, y, torch.zeros(2), torch.tensor(0.0))
    (tensor([0.5000, 0.5000]), tensor(0.))
    """
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()


HINTS = (
    "exp(x) overflows for large x, and exp(-x) for small ones. Can log(1 + exp(x)) be written so "
    "that exp is taken of -|x| only? Take the larger of 0 and x out of the logarithm.",
    "Write the loss as y · s(-x) + (1 - y) · s(x), where s(x) is log(1 + exp(x)). torch has s as "
    "F.softplus and -s(-x) as F.logsigmoid, which are right for any x.",
    "The larger of 0 and x, plus log(1 + exp(-|x|)), is s(x) too. For its gradient at 0, ask which "
    "of clamp, relu and torch.maximum share the gradient evenly at a tie.",
    "grads: bce is a mean over n rows, so each row's error sigmoid(z) - y counts 1 / n. By w it is "
    "multiplied with the row of x, by b with 1, and the rows are added up.",
)

TAKE_ALONG = (
    "Give a loss the logits: the logarithm is taken on paper. The derivative of binary cross "
    "entropy by a logit is sigmoid(x) - y, and the mean divides it by n."
)

APPROACH = (
    "s(-x) is s(x) - x, so that y · s(-x) + (1 - y) · s(x) comes to s(x) - y · x. Many write "
    "clamp(x, min=0) - x · y + log1p(exp(-|x|)), which has the right values and, for the logit 0, "
    "a gradient that is off by a half."
)
