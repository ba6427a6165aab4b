"""Write a matrix product into memory that is there already.

A loop that multiplies large matrices need not ask for new memory in every round: a tensor `out`,
made once, can take each product. Whoever holds `out`, or a view of its memory, sees it:

    out = torch.empty(2, 4)        memory, made once
    row = out[0]                   a view of it
    matmul_into(out, a, b)         row shows the first row of a @ b
    out = a @ b                    row does not: only the name out is new

torch's own functions take `out=` for that. They trust you with its shape: an `out` of another one
is resized, with no more than a warning. A copy has its own trap: it broadcasts, so that a product
of one row silently fills all the rows of an `out` that is too high.

Write `matmul_into`. What must hold:

- `out` has the values of a @ b afterwards, whatever it held before, also NaN. It is returned: the
  same object, in the same memory, with the shape and the strides that it had. It need not be
  contiguous.
- The write can be seen by autograd: `out._version` is higher than before, unless out is empty.
- Where out hasn't exactly the shape of a @ b, raise ValueError, and leave out as it was.
- Any side can be 0. With an inner side of 0, the product is all 0.

Whether the product is made elsewhere first and then copied is up to you.
"""

import torch
from torch import Tensor


def matmul_into(out: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Write a @ b into out.

    Args:
        out: where the product goes. It shares no memory with a or b.
        a: float32 or float64, shape (n, k).
        b: shape (k, p). a, b and out have one dtype and device, and none requires grad.

    Returns:
        `out` itself. `a` and `b` are left as they were.

    Raises:
        ValueError: the shape of out is not (n, p).

    >>> out = torch.zeros(2, 2)
    >>> row = out[0]
    >>> result = matmul_into(out, torch.ones(2, 3), torch.ones(3, 2))
    >>> result is out, row
    (True, tensor([3., 3.]))
    >>> matmul_into(out, torch.ones(1, 3), torch.ones(3, 2))
    Traceback (most recent call last):
    ValueError: out has the shape (2, 2), the product (1, 2)
    """
    shape = a.shape[0], b.shape[1]
    if out.shape != shape:
        raise ValueError(f"out has the shape {tuple(out.shape)}, the product {shape}")
    return torch.matmul(a, b, out=out)


HINTS = (
    "out = … gives the name to another tensor. Which operations write into the memory of the "
    "tensor that is there? Methods whose names end in an underscore, out[...] = …, and out=.",
    "The shape of the product is known before it is computed. Compare the whole shape of out with "
    "it, the number of dimensions too, before you write.",
    "torch.matmul(a, b, out=out) writes into out and returns it; out.copy_(a @ b) does too.",
)

TAKE_ALONG = (
    "out= writes into memory that is there, but resizes an out of the wrong shape; copy_ and "
    "out[...] = broadcast into it. Check the shape before either."
)

APPROACH = (
    "out= multiplies right into the memory of out, where it can, and makes no other tensor. "
    "out.copy_(a @ b) has a product of its own for a moment."
)
