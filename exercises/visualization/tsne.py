"""The loss of t-SNE.

t-SNE draws points of many dimensions as points in a plane, so that neighbours stay
neighbours. It makes two tables of how near each pair is, one of the given points x and
one of those in the plane, y, and moves y until the tables agree.

    P   of x: how likely i would choose j as its neighbour,
        if chances fell off like a bell of width sigma

            p(j|i) = exp(-|xi - xj|² / 2 sigma²) / Σ over k ≠ i  rows sum to 1
            pij    = (p(j|i) + p(i|j)) / 2n                      all sum to 1

    Q   of y: the same with a longer tail, so that what is far may drift further

            wij    = 1 / (1 + |yi - yj|²)
            qij    = wij / Σ over all k ≠ l of wkl               all sum to 1

    loss = Σ over i ≠ j of  pij · log(pij / qij)         KL(P ‖ Q), 0 · log 0 = 0

No point is its own neighbour: the diagonals of P and Q are 0, and not part of any sum.
The gradient that moves yi pulls where p is larger than q, and pushes where it is
smaller; autograd finds it by itself:

    ∂ loss / ∂ yi = 4 Σ over j of (pij - qij) (yi - yj) / (1 + |yi - yj|²)

Write `affinities`, which makes P, and `tsne_loss`. What must hold:

- A point far away from all others has chances that are too small for its dtype, until
  they are divided by their sum. Its row still sums to 1.
- Only differences count: where all points are shifted by the same large amount, P is
  the same. |xi|² + |xj|² - 2 xi·xj would lose the digits that matter.
- Points may lie on each other, and chances may be 0. Loss and gradient are finite. The
  derivative of a square root at 0 is infinite: |yi - yj|² needs none.

Where y ends up is not asked: it depends on where it began. All of torch is allowed.
"""

import torch
from torch import Tensor


def affinities(x: Tensor, sigma: float) -> Tensor:
    """Compute how near each pair of points is: the table P.

    Args:
        x: float32 or float64, shape (n, d), n at least 2. It does not require grad.
        sigma: the width of the bell, positive.

    Returns:
        A tensor of shape (n, n) with the dtype and on the device of x: symmetric, 0 on
        the diagonal, with the sum 1. x is left as it was.

    >>> affinities(torch.tensor([[0.0], [0.0], [1.0]]), sigma=1.0)
    tensor([[0.0000, 0.2075, 0.1463],
            [0.2075, 0.0000, 0.1463],
            [0.1463, 0.1463, 0.0000]])
    """
    raise NotImplementedError


def tsne_loss(p: Tensor, y: Tensor) -> Tensor:
    """Compute the divergence of the table Q of y from P.

    Args:
        p: such as affinities gives it, shape (n, n). Off the diagonal it may hold 0s.
        y: the points in the plane, shape (n, k), n at least 2, the dtype and device of p.

    Returns:
        A 0-dim tensor, part of the autograd graph where y requires grad. p and y are
        left as they were.

    >>> p = affinities(torch.tensor([[0.0], [0.0], [1.0]]), sigma=1.0)
    >>> tsne_loss(p, torch.zeros(3, 2))
    tensor(0.0145)
    """
    raise NotImplementedError
