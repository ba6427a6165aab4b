"""does it go on from a shared node again and again?"""


def walk(y):
    waiting = [y.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None:
            yield node
            waiting.extend(child for child, _ in node.next_functions)


def leaves(y):
    if y.is_leaf:
        return {y} if y.requires_grad else set()
    return {node.variable for node in walk(y) if hasattr(node, "variable")}


def op_names(y):
    return sorted(n.name() for n in set(walk(y)) if not hasattr(n, "variable"))
