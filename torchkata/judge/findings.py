"""What one input shows of an implementation: how it differs, in a learner's words."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from torchkata.properties import Property
from torchkata.suite.syntax import own_nodes
from torchkata.values.afterwards import spoiled_input
from torchkata.values.comparison import compare, compare_checked
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import ContainerSeen, Observation, Raised, container_seen, placed

_LONGEST_NAME = 40
_PLACE = re.compile(r"result\[(\d+|'[^']*')\]")


def finding(
    prop: Property,
    inputs: Mapping[str, Any],
    device: str,
    expected: Observation,
    actual: Observation,
) -> Difference | None:
    """How an implementation differs on one input; None where it doesn't.

    An input that it has spoiled is told before what the property made of it. Parts of the result
    have the names that the property's return statement gives them.
    """
    difference = compare(expected, actual, prop.tolerance)
    if difference is None:
        return None
    if _rests_on_inputs_as_they_are(expected, actual):
        before = inputs_before(inputs, device)
        spoiled = spoiled_input(before, expected, actual)
        if spoiled is not None:
            return spoiled
    # The place of a difference from a reference is one in what was held to it.
    refused = isinstance(actual.outcome, Raised) or compare_checked(expected, actual) is not None
    return _with_names(difference, {} if refused else names_in_result(prop.function))


def inputs_before(inputs: Mapping[str, Any], device: str) -> ContainerSeen:
    """The inputs as they were before the call."""
    seen = container_seen("dict", inputs.keys(), inputs.values())
    on_device: ContainerSeen = placed(seen, device if device == "cpu" else f"{device}:0")
    return on_device


@cache
def names_in_result(function: Callable[..., Any]) -> Mapping[str, str]:
    """What a property calls the parts of what it returns, by position or key as in a path.

    `return rows, x.grad` calls `0` rows and `1` x.grad; `{"the gradient": g}` names its own.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    names: list[dict[str, str]] = []
    for node in own_nodes(tree.body[0]):
        if not isinstance(node, ast.Return):
            continue
        match node.value:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                names.append({str(place): _name(each) for place, each in enumerate(parts)})
            case ast.Dict(keys=keys):
                texts = [each.value for each in keys if isinstance(each, ast.Constant)]
                names.append({repr(text): str(text) for text in texts})
            case _:
                names.append({})
    return names[0] if len(names) == 1 else {}


def _name(node: ast.expr) -> str:
    """An expression as the name of its value; empty where it is no good as one."""
    text = ast.unparse(node).replace("impl.", "")
    return text if len(text) <= _LONGEST_NAME and not isinstance(node, ast.Starred) else ""


def _rests_on_inputs_as_they_are(expected: Observation, actual: Observation) -> bool:
    """Whether the property refused, or couldn't use, a result after the call had ended."""
    match actual.outcome:
        case Raised(cause="unusable") | Raised(cause="invariant", reference=(_, _, _)):
            return True
    return compare_checked(expected, actual) is not None


def _with_names(difference: Difference, names: Mapping[str, str]) -> Difference:
    found = _PLACE.match(difference.where)
    if found is None:
        return difference
    name = names.get(found[1]) or (found[1].strip("'") if found[1].startswith("'") else "")
    if not name:
        return difference
    where = name + difference.where[found.end() :]
    sentence = difference.sentence
    if difference.stage is Stage.SHARING:
        sentence = sentence.replace(f"the {difference.where}", where)
    return replace(difference, where=where, sentence=sentence)
