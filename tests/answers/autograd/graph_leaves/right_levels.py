"""Level by level, with sets of nodes; names from the class."""


def everything(y):
    level = {y.grad_fn} - {None}
    known = set(level)
    while level:
        level = {child for node in level for child, _ in node.next_functions} - known - {None}
        known |= level
    return known


def leaves(y):
    if y.requires_grad and y.grad_fn is None:
        return {y}
    return {node.variable for node in everything(y) if type(node).__name__ == "AccumulateGrad"}


def op_names(y):
    names = [type(node).__name__ for node in everything(y)]
    return sorted(name for name in names if name != "AccumulateGrad")
