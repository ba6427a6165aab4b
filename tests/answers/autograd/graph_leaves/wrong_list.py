"""expected, a list of"""


def leaves(y):
    if y.is_leaf:
        return [y] if y.requires_grad else []
    waiting, seen = [y.grad_fn], [None]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.append(node)
            waiting.extend(child for child, _ in node.next_functions)
    return [node.variable for node in seen if hasattr(node, "variable")]


def op_names(y):
    return []
