"""Walk through the graph.

What backward will walk through can be looked at. Each result of a recorded operation has a
`grad_fn`, the node of that operation. A node has a name, and `next_functions`: for each input of
the operation a pair of a node and a number, which does not matter here. The node is None where the
input needs no gradient.

    a = x * w                    AddBackward0 ──▶ MulBackward0 ──▶ AccumulateGrad  (x)
    y = a + a        y.grad_fn ─┘            └──▶ (the same)   └──▶ AccumulateGrad  (w)

The walk ends at nodes of the type AccumulateGrad. Each belongs to a leaf that requires grad, and
has it as its `variable`, an attribute that no other node has.

Write `leaves` and `op_names`. What must hold for both:

- y is any tensor. A leaf that requires grad has no grad_fn: it is its own and only leaf, with no
  operation behind it. Where y does not require grad there is nothing at all.
- A node that is reached on several ways is one node. Go on from it once: with 40 doublings, as
  in y = y + y, there are 40 nodes and 2⁴⁰ ways.
- A chain can have thousands of operations. Python's recursion ends after a thousand calls.
- y, its graph and the leaves are left as they were: nothing is computed, no .grad is written.
"""

from collections.abc import Iterator

import torch
from torch import Tensor


def leaves(y: Tensor) -> set[Tensor]:
    """Find the leaves that a backward from y would write gradients to.

    Args:
        y: a tensor of any shape.

    Returns:
        The set of the leaves themselves, each the very tensor that y was computed from.

    >>> x, w = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    >>> found = leaves((x * w + 1).sum())
    >>> len(found), x in found, w in found
    (2, True, True)
    >>> leaves(torch.ones(2))
    set()
    """
    raise NotImplementedError


def op_names(y: Tensor) -> list[str]:
    """List the operations that a backward from y would go through.

    Args:
        y: a tensor of any shape.

    Returns:
        `name()` of each node, sorted, without those of AccumulateGrad. Two nodes with one name are
        listed twice.

    >>> x = torch.ones(2, requires_grad=True)
    >>> a = x * x
    >>> op_names((a + a) * x)
    ['AddBackward0', 'MulBackward0', 'MulBackward0']
    """
    raise NotImplementedError
