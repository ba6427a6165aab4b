"""A verdict as data, for editors and scripts: what `--kata-json` writes of each.

verdict_schema.json describes it.
"""

import math
from typing import Any

from torchkata.judge.verdict import Verdict
from torchkata.telling.encoding import encodable
from torchkata.telling.headlines import headline, usual_meaning
from torchkata.telling.sides import facts, shown
from torchkata.values.observation import ArraySeen, ContainerSeen, Raised, TensorSeen
from torchkata.values.pairs import cells

LARGEST = 1000
"""Elements of the largest tensor that is given by value."""


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON has it: strings, numbers, lists and objects.

    No NaN or infinity is among them, and no string that has no UTF-8.
    """
    difference = verdict.difference
    data: dict[str, Any] = {
        "device": verdict.device,
        "outcome": verdict.outcome,
        "sentence": verdict.sentence,
        "line": verdict.line,
        "refusal": verdict.refusal,
        "unwritten": list(verdict.unwritten),
        "stage": difference.stage.value if difference else None,
        "headline": headline(difference) if difference else None,
        "where": difference.where if difference else None,
        "tolerance": list(difference.tolerance) if difference and difference.tolerance else None,
        "inputs": _inputs(verdict),
        "call": verdict.call.text if verdict.call is not None else None,
        "expected": _side(difference.expected) if difference else None,
        "yours": _side(difference.actual) if difference else None,
        "differing_results": [_value(each) for each in verdict.unsteady or ()],
        "raised": verdict.raised,
        "lines": [
            {
                "line": each.number,
                "function": each.function,
                "text": each.text,
                "shapes": list(each.shapes),
            }
            for each in verdict.lines
        ],
        "explanation": usual_meaning(verdict),
        "misconception": verdict.misconception,
        "diagnosis": verdict.diagnosis,
        "why": verdict.why,
        "printed": verdict.printed,
    }
    told: dict[str, Any] = encodable(data)
    return told


def _inputs(verdict: Verdict) -> list[dict[str, Any]]:
    if verdict.inputs is None:
        return []
    pairs = zip(verdict.inputs.keys, verdict.inputs.items, strict=True)
    return [
        {"name": str(name), "layout": _layout(verdict, str(name)), **_value(value)}
        for name, value in pairs
    ]


def _layout(verdict: Verdict, name: str) -> str | None:
    told = [
        layout if path == name else f"{path}: {layout}"
        for path, layout in verdict.layouts
        if path == name or path.startswith(f"{name}[")
    ]
    return ", ".join(told) or None


def _side(value: Any) -> dict[str, Any] | None:
    """One side of a difference; None where there is none to show."""
    return None if value is None else _value(value)


def _value(value: Any) -> dict[str, Any]:
    match value:
        case TensorSeen() | ArraySeen():
            tensor = cells(value)
            small = tensor is not None and tensor.numel() <= LARGEST
            return {
                "kind": "tensor" if isinstance(value, TensorSeen) else "array",
                "text": shown(value),
                "facts": facts(value),
                "dtype": str(value.dtype).removeprefix("torch."),
                "shape": list(value.shape),
                "device": value.device if isinstance(value, TensorSeen) else None,
                "requires_grad": isinstance(value, TensorSeen) and value.requires_grad,
                "values": _number(tensor.tolist()) if tensor is not None and small else None,
            }
        case ContainerSeen(kind=kind, keys=keys, items=items):
            return {
                "kind": kind,
                "text": shown(value),
                "keys": [key if isinstance(key, int | str) else repr(key) for key in keys],
                "items": [_value(each) for each in items],
            }
        case Raised():
            return {"kind": "exception", "text": shown(value), "message": value.message}
    return {"kind": type(value).__name__, "text": shown(value)}


def _number(value: Any) -> Any:
    """Nested lists of numbers as JSON has them: NaN, infinities and complex numbers as text."""
    if isinstance(value, list):
        return [_number(each) for each in value]
    if isinstance(value, complex) or (isinstance(value, float) and not math.isfinite(value)):
        return str(value)
    return value
