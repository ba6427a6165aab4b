"""What of a property only the student's process can tell: a hostile one may lie about it.

Of every property it tells the device of what came back, and that inputs were left alone. Here is
what a property asks for beyond that.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from torchkata.properties import Property
from torchkata.values.observation import ContainerSeen, Observation, TensorSeen


def rests_on(prop: Property, expected: Sequence[Observation]) -> tuple[str, ...]:
    """The kinds of claims that a property takes on the word of the process, given what is right."""
    found = []
    if prop.ban or prop.vectorized:
        found.append("operations")
    if prop.aliasing:
        found.append("memory")
    if _asserts(prop):
        found.append("assertions")
    if prop.wants_device:
        found.append("device")
    if any(each.requires_grad for one in expected for each in _tensors(one.outcome)):
        found.append("requires_grad")
    if any(each.written or each.grad is not None for one in expected for each in one.tensors):
        found.append("inputs afterwards")
    return tuple(found)


def _asserts(prop: Property) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(prop.function)))
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Name) and node.id == "NoOperations")
        for node in ast.walk(tree)
    )


def _tensors(value: Any) -> Iterator[TensorSeen]:
    match value:
        case TensorSeen():
            yield value
        case ContainerSeen(items=items):
            for each in items:
                yield from _tensors(each)
