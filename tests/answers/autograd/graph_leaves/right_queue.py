"""Breadth first, with a deque; leaves by the node's name."""

from collections import deque


def _walk(y):
    order = []
    if y.grad_fn is None:
        return order
    queue, seen = deque([y.grad_fn]), {y.grad_fn}
    while queue:
        node = queue.popleft()
        order.append(node)
        for child, _ in node.next_functions:
            if child is not None and child not in seen:
                seen.add(child)
                queue.append(child)
    return order


def leaves(y):
    if y.is_leaf:
        return {y} if y.requires_grad else set()
    return set(n.variable for n in _walk(y) if n.name().endswith("AccumulateGrad"))


def op_names(y):
    names = [n.name() for n in _walk(y)]
    return sorted(n for n in names if "AccumulateGrad" not in n)
