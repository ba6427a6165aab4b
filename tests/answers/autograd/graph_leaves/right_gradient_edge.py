"""Begins at the gradient edge of y, where a leaf has its AccumulateGrad, too."""

from torch.autograd.graph import get_gradient_edge


def walk(y):
    nodes = {}
    if y.requires_grad:
        todo = [get_gradient_edge(y).node]
        while todo:
            node = todo.pop(0)
            if node is None or node in nodes:
                continue
            nodes[node] = None
            todo += [pair[0] for pair in node.next_functions]
    return nodes


def leaves(y):
    return {node.variable for node in walk(y) if not node.next_functions}


def op_names(y):
    result = [node.name() for node in walk(y) if node.next_functions]
    result.sort()
    return result
