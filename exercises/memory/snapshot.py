"""A snapshot: the values as they are now.

To compare weights before and after a step you must keep the ones from before. A second name or a
view won't do: both show the memory that the step writes to. And a copy that hangs on the graph
keeps everything alive that the values were computed from.

                        memory of its own    out of the graph
    y = x               no                   no
    x.detach()          no                   yes
    x.clone()           yes                  no
    snapshot(x)         yes                  yes

Write `snapshot`. All of torch is allowed. What must hold:

- A later write to x, in place, is not seen in the snapshot, nor a write to the snapshot in x. A
  backward pass through x's graph goes as if the snapshot had never been made or written to.
- The snapshot has no graph: it is a leaf and does not require grad, whether x does or not, be x
  a leaf or a result.
- x is left as it was: values, requires_grad, .grad and graph.
"""

import torch
from torch import Tensor


def snapshot(x: Tensor) -> Tensor:
    """Keep the values of a tensor as they are now.

    Args:
        x: any dtype, shape, strides and device; it may require grad, and be a result of operations.

    Returns:
        A tensor with x's values, shape, dtype and device in memory of its own, a leaf that does
        not require grad.

    >>> weight = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> before = snapshot(weight)
    >>> with torch.no_grad():
    ...     _ = weight.mul_(10)
    >>> before
    tensor([1., 2.])
    """
    raise NotImplementedError
