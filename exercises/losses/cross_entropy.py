"""Cross entropy: minus the log probability of the right class.

    logits     2.0   1.0   0.0        a row of scores, one for each class
    softmax    0.67  0.24  0.09       probabilities
    log       -0.41 -1.41 -2.41       log_softmax: what `nll` is given
                      ▲
    y = 1             └── picked      the loss of this row: 1.41

`nll` picks and averages; `cross_entropy` takes log_softmax before. What is not
picked has no influence: NaN and -inf show where they are picked, and only there
(with weight 0 too: 0 · inf is NaN).
There are three things to know about the average.

- Weights: row i counts weight[y[i]], and the mean is a *weighted* mean. Its
  denominator is the sum of these weights, not the number of rows.
- Ignored rows: a label equal to `ignore_index` marks a row that does not
  count, as for padding. It is in neither sum. -100, the default, is no column:
  nothing can be picked there. And NaN or -inf in such a row change nothing,
  neither the loss nor the gradient, which is 0 in that row.
- Nothing left: where every row is ignored, or there is no row, the mean is
  0 / 0: NaN. torch does the same.

Notes say "labels must be Long". What torch looks at is what they mean. Integers
are class ids: it takes int64 and uint8, and refuses int32. A float tensor of
the shape of the logits holds *probabilities*, one row of them for each row of
logits, as for smoothed labels. Then the loss of a row is

    -(y[0] · log p[0] + y[1] · log p[1] + …)

and a row whose y is one-hot costs what its class id would.

Write both functions for all rows at once: the number of torch operations must
not grow with the size. Not allowed: torch's own `cross_entropy` and `nll_loss`,
in any form; `tolist` and numpy. `log_softmax` is allowed.
"""

import torch
from torch import Tensor


def nll(logp: Tensor, y: Tensor, weight: Tensor | None = None, ignore_index: int = -100) -> Tensor:
    """Compute the weighted mean of -logp at the right classes.

    Args:
        logp: log probabilities, float32 or float64, shape (n, classes), with at
            least one class. n may be 0.
        y: class ids, int64 or uint8, shape (n,): from 0 to classes - 1, or
            `ignore_index`. Those in uint8 are at most 127.
        weight: one for each class, at least 0, shape (classes,), dtype of
            `logp`. None weighs all classes by 1.
        ignore_index: the label of rows that don't count. It may be a class id.

    Returns:
        The loss, 0-dim, with the dtype and on the device of `logp`, in memory
        of its own. It is part of the autograd graph where `logp` requires grad.

    >>> logp = torch.tensor([[0.5, 0.5], [0.25, 0.75]]).log()
    >>> nll(logp, torch.tensor([1, 0]))
    tensor(1.0397)
    >>> nll(logp, torch.tensor([1, 0]), weight=torch.tensor([3.0, 1.0]))
    tensor(1.2130)
    >>> nll(logp, torch.tensor([1, -100]))
    tensor(0.6931)
    """
    raise NotImplementedError


def cross_entropy(logits: Tensor, y: Tensor) -> Tensor:
    """Compute the mean cross entropy of logits.

    Args:
        logits: scores, float32 or float64, from -10,000 to 10,000, shape
            (n, classes), with at least one class. n may be 0.
        y: class ids as for `nll`, -100 among them; or probabilities, of the
            shape and dtype of `logits`.

    Returns:
        The mean over the rows that count, 0-dim, as for `nll`. It is part of
        the autograd graph where `logits` or probabilities require grad.

    >>> logits = torch.tensor([[2.0, 1.0, 0.0]])
    >>> cross_entropy(logits, torch.tensor([1]))
    tensor(1.4076)
    >>> cross_entropy(logits, torch.tensor([[0.0, 0.5, 0.5]]))
    tensor(1.9076)
    """
    raise NotImplementedError
