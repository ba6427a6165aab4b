"""Sum values by segment.

Each value belongs to a segment, and each segment wants the sum of its values: a node of a graph
adds up what its neighbours send, a document the vectors of its words. An index tensor names the
segment of each value:

    values      segments      result, n = 4
     1  10      2              0   0     no value belongs to segment 0
     2  20      1              2  20
     3  30      2              4  40     the first and the third
                               0   0     none here either

Write `segment_sum`. What must hold:

- Values are the slices of `values` along its first dimension. They can be numbers, rows, or have
  any number of dimensions. There can be none of them, and their sides can have length 0.
- Segments come in any order, any number of times. One that does not occur has the sum 0.
- A NaN or an infinity in one segment must not show in another.
- The gradient of a sum goes to each of its values.

Do it for all values at once: the number of torch operations must not grow with the number of
values or of segments. Not allowed: taking values out of torch, by `tolist` or numpy.
"""

import torch
from torch import Tensor


def segment_sum(values: Tensor, segments: Tensor, n: int) -> Tensor:
    """Add up the values of each segment.

    Args:
        values: floating or int64, shape (N, *rest).
        segments: int64, shape (N,). Numbers from 0 to n - 1.
        n: the number of segments, at least 1.

    Returns:
        A tensor of shape (n, *rest) with the dtype and on the device of `values`. It is part of
        the autograd graph where values requires grad. `values` and `segments` are left as they
        were.

    >>> values = torch.tensor([[1, 10], [2, 20], [3, 30]])
    >>> segment_sum(values, torch.tensor([2, 1, 2]), n=4)
    tensor([[ 0,  0],
            [ 2, 20],
            [ 4, 40],
            [ 0,  0]])
    """
    raise NotImplementedError
