"""What was raised compared with what should have come, or been raised."""

from typing import Any

from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation, Raised
from torchkata.values.pairs import compare_values
from torchkata.values.wording import with_article


def compare_raised(
    expected: Any, actual: Raised, wanted: Observation, given: Observation
) -> Difference | None:
    """How an exception differs from the outcome `expected`; both stand in their observations."""
    match actual.cause:
        case "contract":
            return Difference(Stage.RAN, "result", actual.message)
        case "time":
            return Difference(Stage.RAN, "result", actual.message, None, actual)
        case "invariant":
            if actual.reference is not None:
                found = compare_values(*actual.reference)
                if found is not None:
                    return found
            return Difference(Stage.VALUES, "result", actual.message.partition("\n")[0])
        case "unusable":
            return Difference(Stage.TYPE, "result", _unusable(actual, wanted, given), None, actual)
    if isinstance(expected, Raised):
        if expected.kinds[0] in actual.kinds:
            return None
        sentence = f"{expected.kinds[0]} expected, {actual.kinds[0]} raised"
        return Difference(Stage.RAN, "result", sentence, expected, actual)
    return Difference(Stage.RAN, "result", f"raises {actual.kinds[0]}", expected, actual)


def _unusable(actual: Raised, wanted: Observation, given: Observation) -> str:
    said = f"{actual.kinds[0]}: {actual.message}"
    if not given.calls:
        return f"used as the property says, it raises {said}"
    name, kind = given.calls[-1]
    if wanted.calls[len(given.calls) - 1 :][:1] == ((name, kind),):
        # The type is right: what it holds, or what the call has done, is not.
        then = "what follows" if kind == "NoneType" else "using its result"
        return f"{name} ran to its end, but {then} raises {said}"
    returned = "None" if kind == "NoneType" else with_article(kind)
    forgot = " (no return statement?)" if kind == "NoneType" else ""
    return f"{name} returned {returned}{forgot}, which can't be used: {said}"
