"""What observations tell of the code behind them: whether two behave alike, what went wrong."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from torchkata.properties import Property
from torchkata.values.comparison import compare, compare_checked
from torchkata.values.observation import Observation, Raised, tensors_in
from torchkata.values.pairs import compare_values


def alike(one: Observation, other: Observation, prop: Property) -> bool:
    """Whether two implementations behaved the same, exceptions included.

    What the one gave to be checked must stand as its references.
    """
    if isinstance(one.outcome, Raised) and isinstance(other.outcome, Raised):
        checked_alike = compare_checked(one, other) is None
        return checked_alike and _raise_alike(one.outcome, other.outcome, prop)
    if isinstance(one.outcome, Raised) or isinstance(other.outcome, Raised):
        return False
    return (
        compare(one, other, prop.tolerance) is None
        and dict(one.banned).keys() == dict(other.banned).keys()
    )


def steady(one: Observation, other: Observation, prop: Property) -> bool:
    """Whether two runs on one input came to the same.

    An exception is the same whatever its words are: they may hold an address.
    """
    if isinstance(one.outcome, Raised) and isinstance(other.outcome, Raised):
        same = replace(other.outcome, message=one.outcome.message)
        other = replace(other, outcome=same)
    return alike(one, other, prop)


def came_out(observation: Observation) -> Any:
    """What the implementation gave: where a reference refused it, the value that it refused."""
    match observation.outcome:
        case Raised(reference=(_, actual, _)):
            return actual
    return observation.outcome


def _raise_alike(one: Raised, other: Raised, prop: Property) -> bool:
    if one.cause != other.cause:
        return False
    # Where the exception is what is asked for, everybody words it in their own way.
    if prop.raises is not None and {prop.raises.__name__} <= {*one.kinds} & {*other.kinds}:
        return True
    if one.kinds != other.kinds:
        return False
    # Many mistakes raise a TypeError: only the same words tell that it is the same one. But what
    # the code judged raises itself it words in its own way.
    if one.cause == "exception" and one.message != other.message:
        return _raises_itself(one) and _raises_itself(other)
    if one.reference is None or other.reference is None:
        # An assertion's sentence tells it from another one.
        return one.reference is other.reference and one.message == other.message
    return compare_values(one.reference[1], other.reference[1], prop.tolerance) is None


def _raises_itself(raised: Raised) -> bool:
    return bool(raised.lines) and re.search(r"\braise\b", raised.lines[-1].text) is not None


def unwritten_function(observation: Observation, untouched: frozenset[str]) -> str | None:
    """The function whose line from the stub raised NotImplementedError, if that is what happened.

    torch raises it too, where it has no kernel for a dtype: that is a failure.
    """
    match observation.outcome:
        case Raised(kinds=["NotImplementedError", *_], lines=[*_, last]) if (
            last.function in untouched and last.text.startswith("raise NotImplementedError")
        ):
            return last.function
    return None


def is_cause(observation: Observation, *causes: str) -> bool:
    return isinstance(observation.outcome, Raised) and observation.outcome.cause in causes


def solution_problem(prop: Property, observation: Observation) -> str | None:
    """What is wrong with what the solution did; None where nothing is."""
    raised = observation.outcome if isinstance(observation.outcome, Raised) else None
    for each in observation.checked:
        difference = compare_values(each.reference, each.actual, each.tolerance)
        if difference is not None:
            return f"is refused: {difference.sentence}"
    if observation.banned:
        banned = ", ".join(name for name, _ in observation.banned)
        return f"calls {banned}, which the property bans"
    if prop.raises is not None:
        if raised is None:
            return f"raises nothing, where the property says raises={prop.raises.__name__}"
        if raised.cause == "exception" and prop.raises.__name__ in raised.kinds:
            return None
    if raised is not None and raised.cause == "invariant":
        return f"is refused: {raised.message}"
    if raised is not None:
        return f"raises {raised.kinds[0]}: {raised.message}"
    return None


def asked_for(prop: Property, observation: Observation) -> Observation:
    """What the solution did, with the exception that the property names as the one to expect.

    The solution may raise a kind of it that others need not: where the one torch raises a
    RuntimeError, the next raises NotImplementedError, which is one.
    """
    raised = observation.outcome
    if prop.raises is None or not isinstance(raised, Raised):
        return observation
    kinds = raised.kinds[raised.kinds.index(prop.raises.__name__) :]
    return replace(observation, outcome=replace(raised, kinds=kinds))


def layouts(inputs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """For each tensor that isn't contiguous, its path and how it lies."""
    found = []
    for path, tensor in tensors_in(dict(inputs)):
        if not tensor.is_contiguous():
            found.append((path, f"stride {tensor.stride()}"))
        elif tensor.storage_offset():
            found.append((path, f"storage offset {tensor.storage_offset()}"))
    return found
