"""Mend a classifier that takes softmax twice.

`F.cross_entropy` wants logits: it takes log_softmax itself. A model that ends in
softmax gets it twice. Nothing complains, and the predicted class is the same,
since softmax keeps the order. But scores between 0 and 1 can't be far apart:

    logits                  20.0   0.0   0.0      sure, and right: y = 0
    softmax                  1.00  0.00  0.00
    softmax of that          0.58  0.21  0.21
    loss, softmax once       0.00                 goes to 0, as it should
    loss, softmax twice      0.55                 can't go lower, with 3 classes

So the loss stands still high up, and its gradient fades where the model is
surely wrong. Moreover the number it shows is of no use.

Mend `Classifier`. Logits are what `forward` returns. Probabilities are made
where somebody asks for them, from the logits, once.

- The state dict keeps its keys, `linear.weight` and `linear.bias`, and no other
  parameter comes in: models that were saved can be loaded.
- A row of x is a sample, and its results do not depend on the other rows. There
  may be no row at all.
- Each method does in eval mode what it does in training mode.
- No method changes x, the parameters, their `.grad` or the mode of the model.

All of torch is allowed.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Classifier(nn.Module):
    """A linear classifier.

    Args:
        features: the length of a sample, at least 1.
        classes: the number of classes, at least 1.

    >>> model = Classifier(2, 3)
    >>> with torch.no_grad():
    ...     _ = model.linear.weight.copy_(torch.tensor([[20.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))
    ...     _ = model.linear.bias.zero_()
    >>> x = torch.tensor([[1.0, 0.0]])
    >>> model(x).detach()
    tensor([[20.,  0.,  0.]])
    >>> model.predict_proba(torch.tensor([[0.0, 0.0]])).detach()
    tensor([[0.3333, 0.3333, 0.3333]])
    >>> model.predict(x)
    tensor([0])
    >>> bool(model.loss(x, torch.tensor([0])) < 1e-6)
    True
    """

    def __init__(self, features: int, classes: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Compute the logits.

        Args:
            x: shape (n, features), dtype and device of the parameters.

        Returns:
            The logits, shape (n, classes), any real numbers, part of the graph.
        """
        return self.linear(x).softmax(-1)

    def loss(self, x: Tensor, y: Tensor) -> Tensor:
        """Compute the mean cross entropy.

        Args:
            x: as for `forward`.
            y: class ids, int64, shape (n,).

        Returns:
            The loss, 0-dim, part of the graph. It goes to 0 where the model is
            sure and right. Of no rows it is NaN.
        """
        return F.cross_entropy(self(x), y)

    def predict_proba(self, x: Tensor) -> Tensor:
        """Compute the probability of each class.

        Args:
            x: as for `forward`.

        Returns:
            Shape (n, classes), values from 0 to 1. Each row sums to 1. It may or
            may not be part of the graph.
        """
        return self(x)

    def predict(self, x: Tensor) -> Tensor:
        """Compute the likeliest class of each row.

        Args:
            x: as for `forward`.

        Returns:
            Class ids, int64, shape (n,): where the logit is largest, the first
            of several that are equal.
        """
        return self(x).argmax(-1)
