"""Recursion with room for it, which is put back; the edges as a dict."""

import sys
from contextlib import contextmanager


@contextmanager
def room(calls):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(calls)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def visit(node, seen):
    if node is not None and node not in seen:
        seen[node] = node.name()
        for child, _ in node.next_functions:
            visit(child, seen)
    return seen


def walk(y):
    with room(50_000):
        return visit(y.grad_fn, {})


def leaves(y):
    if y.is_leaf:
        return {y} if y.requires_grad else set()
    return {node.variable for node in walk(y) if hasattr(node, "variable")}


def op_names(y):
    return sorted(name for node, name in walk(y).items() if not hasattr(node, "variable"))
