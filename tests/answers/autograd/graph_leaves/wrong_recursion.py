"""RecursionError"""


def walk(node, seen):
    if node is None or node in seen:
        return seen
    seen.add(node)
    for child, _ in node.next_functions:
        walk(child, seen)
    return seen


def leaves(y):
    if y.is_leaf:
        return {y} if y.requires_grad else set()
    return {node.variable for node in walk(y.grad_fn, set()) if hasattr(node, "variable")}


def op_names(y):
    return sorted(n.name() for n in walk(y.grad_fn, set()) if not hasattr(n, "variable"))
