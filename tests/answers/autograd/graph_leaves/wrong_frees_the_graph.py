"""A backward pass has freed y's graph"""

import torch


def walk(y):
    seen, waiting = {None}, [y.grad_fn]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(child for child, _ in node.next_functions)
    return seen - {None}


def leaves(y):
    if y.is_leaf:
        return {y} if y.requires_grad else set()
    found = [node.variable for node in walk(y) if hasattr(node, "variable")]
    grads = torch.autograd.grad(y.sum(), found, allow_unused=True)
    return {leaf for leaf, grad in zip(found, grads) if grad is not None}


def op_names(y):
    return sorted(node.name() for node in walk(y) if not hasattr(node, "variable"))
