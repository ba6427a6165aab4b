"""A backward pass has written to .grad"""


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
    y.sum().backward(retain_graph=True)
    found = {node.variable for node in walk(y) if hasattr(node, "variable")}
    return {leaf for leaf in found if leaf.grad is not None}


def op_names(y):
    return sorted(node.name() for node in walk(y) if not hasattr(node, "variable"))
