"""Properties and misconceptions of autograd/graph_leaves."""

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

MADE_BY = ("add", "mul", "sin", "unbind", "detach")


@dataclass
class Made:
    """A tensor, and what stands behind it: names of leaves, and operations by line and name."""

    tensor: torch.Tensor
    leaves: frozenset
    operations: frozenset


@st.composite
def recipes(draw):
    """Lines such as "y = mul(a, x)", which make y from the leaves x and w and the constant c."""
    names = ["x", "w", "c"]  # and before them the latest first: a search ends with the first
    lines = []
    count = draw(st.integers(1, 8))
    for target in [*"abdefgh"[: count - 1], "y"]:
        kind = draw(st.sampled_from(MADE_BY))
        arguments = [draw(st.sampled_from(names)) for _ in range(2)]
        if kind in ("sin", "detach"):
            arguments.pop()
        lines.append(f"{target} = {kind}({', '.join(arguments)})")
        names.insert(0, target)
    return lines


def started(values):
    """The tensors that every recipe starts with."""
    leaves = {name: values.clone().requires_grad_() for name in ("x", "w")}
    return {**leaves, "c": values.clone()}


def made(recipe, start):
    """The y of a recipe."""
    found = {
        name: Made(each, frozenset([name] if each.requires_grad else []), frozenset())
        for name, each in start.items()
    }
    for line in recipe:
        target, kind, *arguments = re.findall(r"\w+", line)
        found[target] = made_by(kind, [found[each] for each in arguments], target)
    return found["y"]


def made_by(kind, given, target):
    """A tensor made from others, and its operations, as they are while it is made."""
    tensors = [each.tensor for each in given]
    match kind:
        case "detach":
            results = [tensors[0].detach()]
        case "sin":
            results = [tensors[0].sin()]
        case "add":
            results = [tensors[0] + tensors[1]]
        case "mul":
            results = [tensors[0] * tensors[1]]
        case "unbind":
            stacked = torch.stack(tensors)
            first, second = stacked.unbind()
            results = [stacked, first, first * second]
    if not results[-1].requires_grad:
        return Made(results[-1], frozenset(), frozenset())
    own = {(target, place, each.grad_fn.name()) for place, each in enumerate(results)}
    return Made(
        results[-1],
        frozenset().union(*(each.leaves for each in given)),
        frozenset(own).union(*(each.operations for each in given)),
    )


def leaves_of(recipe, values):
    """The names of the leaves behind the y of a recipe."""
    return made(recipe, started(values)).leaves


def operations_of(recipe, values):
    """The names of the nodes behind the y of a recipe."""
    return sorted(name for _, _, name in made(recipe, started(values)).operations)


@contextmanager
def at_most(lines):
    """Stop what runs inside after so many lines of Python, where a walk would take years."""
    before, left = sys.gettrace(), lines

    def count(frame, event, argument):
        nonlocal left
        left -= 1
        if left < 0:
            raise AssertionError(
                f"After {lines} lines the walk through the graph has not ended: does it go on from "
                "a shared node again and again?"
            )
        return count

    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)


def can_go_back(y, leaves):
    """Whether a backward pass from y still runs: one frees what it has walked through."""
    try:
        if y.requires_grad:
            torch.autograd.grad(y, leaves, torch.ones_like(y), allow_unused=True)
    except RuntimeError:
        return False
    return True


values = st.tensors(st.shapes(0, 1, min_side=1))


@forall(recipe=recipes(), values=values)
def test_finds_the_leaves(impl, recipe, values):
    """leaves gives the very tensors that a backward from y would write gradients to."""
    start = started(values)
    y = made(recipe, start).tensor
    version = y._version
    found = impl.leaves(y)
    assert_same(found, {start[name].detach() for name in leaves_of(recipe, values)})
    names = [name for name, each in start.items() if any(each is other for other in found)]
    assert len(names) == len(found), (
        "The set holds tensors with the values of the leaves, not the leaves themselves."
    )
    assert all(each.grad is None for each in start.values()), (
        "A backward pass has written to .grad: look at the graph without running it."
    )
    assert y._version == version, "y was written to."
    kept = can_go_back(y, [start["x"], start["w"]])
    assert kept, "A backward pass has freed y's graph: look at the graph without running it."
    return {"leaves": found, "names": names, "the graph is kept": kept}


@forall(recipe=recipes(), values=values)
def test_lists_each_operation_once(impl, recipe, values):
    """op_names gives the name of each node behind y once, sorted, without AccumulateGrad."""
    start = started(values)
    y = made(recipe, start).tensor
    version = y._version
    names = impl.op_names(y)
    assert y._version == version, "y was written to."
    kept = can_go_back(y, [start["x"], start["w"]])
    assert kept, "A backward pass has freed y's graph: look at the graph without running it."
    assert_same(names, operations_of(recipe, values))
    return names, {"the graph is kept": kept}


@forall(values=values, requires_grad=st.booleans())
def test_knows_a_y_without_operations(impl, values, requires_grad):
    """A y that requires grad is its own leaf; with one that doesn't, nothing is found."""
    y = values.clone().requires_grad_(requires_grad)
    return impl.leaves(y), impl.op_names(y=y), y


@forall(length=st.sampled_from((1, 2000)), examples=2)
def test_walks_a_long_chain(impl, length):
    """A chain of thousands of operations is walked to its end."""
    x = torch.ones((), requires_grad=True)
    y = x
    for _ in range(length):
        y = y + 1
    return impl.leaves(y=y), len(impl.op_names(y))


@forall(doublings=st.sampled_from((1, 40)), examples=2)
def test_goes_on_once_from_a_shared_node(impl, doublings):
    """Where each result is used twice, the walk goes on from each node once, and so ends."""
    x = torch.ones((), requires_grad=True)
    y = x
    for _ in range(doublings):
        y = y + y
    with at_most(lines=20_000):
        found = impl.leaves(y)
    with at_most(lines=20_000):
        names = impl.op_names(y)
    return found, names


def nodes(y):
    """Every node behind y once, in the order of the walk, for the misconceptions."""
    waiting, seen = [y.grad_fn], {}
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen[node] = None
            waiting.extend(following for following, _ in node.next_functions)
    return list(seen)


@misconception(
    of="leaves",
    says="Each operation is a call within a call, and Python ends that after a thousand. Keep a "
    "list of the nodes that wait instead.",
)
def leaves_by_recursion(y):
    found, seen = set(), {None}

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        if hasattr(node, "variable"):
            found.add(node.variable)
        for following, _ in node.next_functions:
            visit(following)

    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    visit(y.grad_fn)
    return found


@misconception(
    of="leaves",
    says="You go on from a shared node once for each way to it, and the ways double with each use. "
    "Remember the nodes that you have been at.",
)
def goes_every_way(y):
    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    found, waiting = set(), [y.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        if hasattr(node, "variable"):
            found.add(node.variable)
        waiting.extend(following for following, _ in node.next_functions)
    return found


@misconception(
    of="leaves",
    says="next_functions leads only to the operations before the last one. Go on from there until "
    "nothing follows.",
)
def looks_one_step_back(y):
    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    following = [node for node, _ in y.grad_fn.next_functions]
    return {node.variable for node in following if hasattr(node, "variable")}


@misconception(
    of="leaves",
    says="A leaf has no grad_fn, but where it requires grad a backward from it writes to it: it is "
    "its own leaf.",
)
def finds_nothing_behind_a_leaf(y):
    return {node.variable for node in nodes(y) if hasattr(node, "variable")}


@misconception(
    of="leaves",
    says="A y that does not require grad is a leaf to torch, but no gradient is written to it.",
)
def takes_every_leaf(y):
    if y.grad_fn is None:
        return {y}
    return {node.variable for node in nodes(y) if hasattr(node, "variable")}


@misconception(
    of="leaves",
    says="Where an input needs no gradient, next_functions holds None in place of a node.",
)
def forgets_none(y):
    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    waiting, seen, found = [y.grad_fn], set(), set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.add(node.variable)
        waiting.extend(following for following, _ in node.next_functions)
    return found


@misconception(
    of="leaves",
    says="AccumulateGrad is a node of the graph. The leaf is the tensor that it has as variable.",
)
def returns_the_nodes(y):
    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    return {node for node in nodes(y) if hasattr(node, "variable")}


@misconception(
    of="leaves",
    says="A copy and what detach gives are new tensors with the leaves' values. What is asked for "
    "is the leaves themselves.",
)
def returns_detached_copies(y):
    if y.grad_fn is None:
        return {y} if y.requires_grad else set()
    return {node.variable.detach() for node in nodes(y) if hasattr(node, "variable")}


@misconception(
    of="op_names",
    says="A node that is reached on several ways is listed for each of them. Remember the nodes "
    "that you have been at.",
)
def lists_a_node_for_each_way(y):
    names, waiting = [], [y.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None:
            if not hasattr(node, "variable"):
                names.append(node.name())
            waiting.extend(following for following, _ in node.next_functions)
    return sorted(names)


@misconception(
    of="op_names",
    says="Two multiplications are two nodes with one name. Remember nodes, not names.",
)
def lists_each_name_once(y):
    return sorted({node.name() for node in nodes(y) if not hasattr(node, "variable")})


@misconception(
    of="op_names",
    says="AccumulateGrad stands for a leaf, not for an operation.",
)
def lists_the_leaves_too(y):
    return sorted(node.name() for node in nodes(y))


@misconception(
    of="op_names",
    says="The names are in the order in which you came to them. They are to be sorted.",
)
def does_not_sort(y):
    return [node.name() for node in nodes(y) if not hasattr(node, "variable")]


@misconception(
    of="op_names",
    says="A y without operations has no grad_fn: there is no node to begin with.",
)
def expects_a_grad_fn(y):
    if y.grad_fn is None:
        return y.grad_fn.name()
    return sorted(node.name() for node in nodes(y) if not hasattr(node, "variable"))
