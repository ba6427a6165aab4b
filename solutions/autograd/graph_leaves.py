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
    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    return {node.variable for node in _nodes(y) if hasattr(node, "variable")}


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
    return sorted(node.name() for node in _nodes(y) if not hasattr(node, "variable"))


def _nodes(y: Tensor) -> Iterator[torch.autograd.graph.Node]:
    """Every node behind y, once."""
    waiting = [y.grad_fn]
    seen = {None}
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(following for following, _ in node.next_functions)


HINTS = (
    "Print y.grad_fn, y.grad_fn.next_functions, and those of the nodes in there, for a small y. "
    "Where does it end?",
    "Keep two collections: the nodes that wait to be looked at, and those that have been seen. A "
    "loop takes one out of the first and puts what follows into it.",
    "Look at a node only if it is not in the set of those seen. Put the nodes themselves into the "
    "set: an id() can be given to another node once the first one is gone.",
    "A node with an attribute variable belongs to a leaf: hasattr tells. Skip None, and treat a y "
    "without grad_fn before the walk begins.",
)

TAKE_ALONG = (
    "The graph is made of nodes: grad_fn, next_functions, and AccumulateGrad with its variable at "
    "the end. Walk it with a list and a set, not by recursion."
)

APPROACH = (
    "One generator walks the graph and gives each node once. What both functions want of a node is "
    "a line each."
)
