"""Matrix products of any rank.

`a @ b` takes tensors of any rank but 0. Two products are enough for all of them: `torch.mm`
multiplies two matrices, `torch.bmm` two batches of matrices, which are both 3-D and of one length.
The rest is shapes:

    a             b           a @ b
    (n, k)        (k, p)      (n, p)         two matrices
    (k)           (k, p)      (p)            a vector in front is a row ...
    (n, k)        (k)         (n)            ... one behind is a column; both are gone afterwards
    (k)           (k)         ()             both at once: the dot product, 0-dim
    (5, n, k)     (k, p)      (5, n, p)      a batch of matrices, each times the same one
    (5, 1, n, k)  (7, k, p)   (5, 7, n, p)   two batches broadcast

The batch is all that comes before the last two dimensions. Batches broadcast by the usual rules:
matched from the last side on; where one lacks a side or has a 1, the other's holds.

Write `matmul`. What must hold:

- It agrees with `torch.matmul` for all shapes that fit. Only such are tried.
- Any side can be 0, the inner one too: a sum of nothing is 0.
- The gradient reaches a and b.

The products must come from `torch.mm` and `torch.bmm`. Not allowed: `@`, `torch.matmul` and its
relatives (mv, dot, vdot, inner, outer, addmm, addmv, addbmm, baddbmm, einsum, tensordot,
chain_matmul, F.linear, those of torch.linalg), and the product by element, `*`. Whatever changes
shapes is allowed.
"""

import torch
from torch import Tensor


def matmul(a: Tensor, b: Tensor) -> Tensor:
    """Multiply two tensors as torch.matmul does.

    Args:
        a, b: float32 or float64, both of one dtype and on one device, at least one dimension each.
            Their inner sides are equal, and their batches broadcast.

    Returns:
        A tensor of the shape that the table says, with the dtype and on the device of `a`. It is
        part of the autograd graph where a or b requires grad. `a` and `b` are left as they were.

    >>> a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> matmul(a, torch.tensor([1.0, 10.0]))
    tensor([21., 43.])
    >>> matmul(torch.ones(5, 1, 2, 3), torch.ones(7, 3, 4)).shape
    torch.Size([5, 7, 2, 4])
    """
    left = a.unsqueeze(0) if a.dim() == 1 else a
    right = b.unsqueeze(1) if b.dim() == 1 else b
    batch = _broadcast(left.shape[:-2], right.shape[:-2])
    product = torch.bmm(_flat(left, batch), _flat(right, batch))
    product = product.reshape(*batch, left.shape[-2], right.shape[-1])
    if b.dim() == 1:
        product = product.squeeze(-1)
    if a.dim() == 1:
        product = product.squeeze(-1 if b.dim() == 1 else -2)
    return product


def _broadcast(a: torch.Size, b: torch.Size) -> torch.Size:
    """As torch.broadcast_shapes for shapes that fit, without the second that its import takes."""
    rank = max(len(a), len(b))
    sides = zip((1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b, strict=True)
    return torch.Size(other if one == 1 else one for one, other in sides)


def _flat(x: Tensor, batch: torch.Size) -> Tensor:
    """x broadcast to a batch, with one dimension for the batch."""
    return x.expand(*batch, *x.shape[-2:]).reshape(batch.numel(), *x.shape[-2:])


HINTS = (
    "Make matrices of vectors first, by unsqueeze: which side of 1 does a get, and which b? What "
    "was put in has to be taken out of the result again.",
    "torch.broadcast_shapes(a.shape[:-2], b.shape[:-2]) is the batch of the result. expand gives "
    "both that batch.",
    "bmm wants three dimensions: reshape the batch to one, and back afterwards. A batch without "
    "dimensions is one of length 1, so two matrices need no case of their own.",
    "reshape(-1, …) can't tell the length of the batch where another side is 0. batch.numel() can.",
)

TAKE_ALONG = (
    "Every product of tensors is a batched matrix product after unsqueeze, expand and reshape. "
    "reshape(-1, ...) fails where another side is 0."
)

APPROACH = (
    "Everything goes through one bmm; the rules are in the shapes. torch.matmul itself folds the "
    "batch of a into its rows where b is a single matrix, which spares the expanded copy."
)
