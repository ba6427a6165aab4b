"""A verdict as text: one screen, 80 columns, plain."""

import textwrap
from collections.abc import Iterator
from typing import Any

import torch

from torchkata import grid
from torchkata.comparison import Difference, Stage, cells, close
from torchkata.observation import ArraySeen, ContainerSeen, OpaqueSeen, Raised, TensorSeen
from torchkata.verdict import Verdict

WIDTH = 80
_INDENT = "    "

_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}
_ON = {"sim": "sim, a simulated accelerator"}


def render(verdict: Verdict, hint: str, again: str) -> str:
    """The text of a verdict; `hint` and `again` are commands to offer.

    Each part is a paragraph of its own: the property, the stage that failed, the input, expected
    and yours, the failing lines, what was printed, the diagnosis, the commands. A brief verdict
    has three lines: the property, the stage, the command.
    """
    where = f"{verdict.path}:{verdict.line}"
    if verdict.brief:
        assert verdict.difference is not None
        told = [verdict.sentence, headline(verdict.difference)]
        return "\n".join([*map(_wrapped, told), f"again: {again}"])
    if verdict.outcome == "todo":
        return f"{', '.join(verdict.unwritten)} is not written yet.\n{where}"
    if verdict.refusal is not None:
        sentence, *detail = verdict.refusal.split("\n", 1)
        parts = [_wrapped(sentence), where, *(textwrap.indent(each, _INDENT) for each in detail)]
        return "\n\n".join([*parts, f"again: {again}"])
    assert verdict.difference is not None
    parts = [
        _wrapped(verdict.sentence),
        _wrapped(f"{where}, on {_ON.get(verdict.device, verdict.device)}"),
        _wrapped(headline(verdict.difference)),
    ]
    if verdict.inputs is not None:
        parts += [*([_inputs(verdict)] if verdict.inputs.keys else []), *_body(verdict)]
    parts += _diagnosis(verdict)
    return "\n\n".join([*parts, f"hint:  {hint}\nagain: {again}"])


def headline(difference: Difference) -> str:
    """The stage that failed, in words."""
    sentence = difference.sentence
    if difference.stage is Stage.VALUES and isinstance(difference.expected, TensorSeen | ArraySeen):
        sentence = f"wrong values: {sentence}"
        if difference.tolerance:
            rtol, atol = difference.tolerance
            sentence += f" (tolerance: {atol:g} + {rtol:g} × |expected|)"
    if difference.where.startswith("result[") and difference.stage is not Stage.SHARING:
        sentence = f"{difference.where}: {sentence}"
    return sentence


def shown(value: Any) -> str:
    """A value as seen, in brackets as Python and torch write it."""
    match value:
        case TensorSeen() | ArraySeen():
            tensor = cells(value)
            return repr(value.values.tolist()) if tensor is None else grid.inline(tensor)
        case ContainerSeen(kind="dict", keys=keys, items=items):
            inside = ", ".join(f"{k!r}: {shown(v)}" for k, v in zip(keys, items, strict=True))
            return "{" + inside + "}"
        case ContainerSeen(kind=kind, items=items):
            opening, closing = _BRACKETS[kind]
            comma = "," if kind == "tuple" and len(items) == 1 else ""
            return opening + ", ".join(shown(each) for each in items) + comma + closing
        case OpaqueSeen(type_name=name):
            return f"<{name}>"
        case Raised():
            return f"{value.kinds[0]}: {value.message}"
    return repr(value)


def facts(value: Any) -> str:
    """The dtype, shape and device of a tensor as seen; empty for anything else."""
    match value:
        case TensorSeen():
            grad = ", requires grad" if value.requires_grad else ""
            dtype = str(value.dtype).removeprefix("torch.")
            return f"{dtype} {value.shape} on {value.device}{grad}"
        case ArraySeen():
            return f"numpy {value.dtype} {value.shape}"
    return ""


def _body(verdict: Verdict) -> list[str]:
    parts = []
    if verdict.unsteady is not None:
        first, second = verdict.unsteady
        parts.append(_two("first time", first, "second time", second, None))
    elif verdict.difference is not None and _shows_values(verdict.difference):
        difference = verdict.difference
        parts.append(_two("expected", difference.expected, "yours", difference.actual, difference))
    if verdict.raised is not None:
        parts.append(_lines(verdict))
    if verdict.printed:
        parts.append("printed:\n" + textwrap.indent(verdict.printed, _INDENT))
    return parts


def _diagnosis(verdict: Verdict) -> list[str]:
    if verdict.diagnosis is None:
        return []
    return ["looks like:\n" + _wrapped(verdict.diagnosis, _INDENT)]


def _shows_values(difference: Difference) -> bool:
    """Whether the two sides say more than the headline does."""
    if isinstance(difference.actual, Raised):
        return False
    plain = TensorSeen | ArraySeen | ContainerSeen
    return isinstance(difference.expected, plain) or isinstance(difference.actual, plain)


def _inputs(verdict: Verdict) -> str:
    assert verdict.inputs is not None
    layouts = dict(verdict.layouts)
    lines = ["with:"]
    for name, value in zip(verdict.inputs.keys, verdict.inputs.items, strict=True):
        lead = " " * (len(_INDENT) + len(str(name)) + 3)
        text = "\n".join(_wrapped(line, lead) for line in shown(value).split("\n"))
        lines.append(f"{_INDENT}{name} = {text.lstrip()}")
        for path, told in _facts_within(value, str(name)):
            told = told.replace(" on cpu", f" on {verdict.device}")
            if path in layouts:
                told += f", {layouts[path]}"
            lead = "" if path == str(name) else f"{path}: "
            lines.append(f"{_INDENT * 2}{lead}{told}")
    return "\n".join(lines)


def _facts_within(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The facts of a tensor, or of each tensor in a container, with the path to it."""
    if isinstance(value, ContainerSeen):
        for key, item in zip(value.keys, value.items, strict=True):
            yield from _facts_within(item, f"{path}[{key!r}]")
    elif told := facts(value):
        yield path, told


def _two(
    left_title: str, left: Any, right_title: str, right: Any, difference: Difference | None
) -> str:
    """Two values under their titles, side by side where they fit, with differing cells marked."""
    differing = _differing(left, right, difference)
    lefts = _block(left_title, left, differing)
    rights = _block(right_title, right, differing)
    width = max(map(len, lefts)) + 4
    if width + max(map(len, rights)) > WIDTH:
        return "\n".join([*lefts, *rights])
    height = max(len(lefts), len(rights))
    lefts += [""] * (height - len(lefts))
    rights += [""] * (height - len(rights))
    return "\n".join(
        f"{one:<{width}}{other}".rstrip() for one, other in zip(lefts, rights, strict=True)
    )


def _block(title: str, value: Any, differing: torch.Tensor | None) -> list[str]:
    tensor = cells(value) if isinstance(value, TensorSeen | ArraySeen) else None
    if tensor is None:
        body = textwrap.wrap(shown(value), WIDTH - 2 * len(_INDENT)) or [""]
        body = [told, *body] if (told := facts(value)) else body
    else:
        body = [facts(value), *grid.rows(tensor, differing)]
    return [f"{title}:", *(_INDENT + line for line in body)]


def _differing(left: Any, right: Any, difference: Difference | None) -> torch.Tensor | None:
    """Where two tensors of one shape differ; None where they can't be laid over each other."""
    if not isinstance(left, TensorSeen | ArraySeen) or type(left) is not type(right):
        return None
    if left.shape != right.shape or left.dtype != right.dtype:
        return None
    one, other = cells(left), cells(right)
    if one is None or other is None:
        return None
    return ~close(one, other, difference.tolerance if difference else None)


def _lines(verdict: Verdict) -> str:
    rows = ["in your code:"]
    for line in verdict.lines:
        rows.append(f"{_INDENT}line {line.number}, in {line.function}")
        if line.text:
            rows.append(f"{_INDENT * 2}{line.text}")
    if verdict.lines and verdict.lines[-1].shapes:
        rows.append(_wrapped(f"with {', '.join(verdict.lines[-1].shapes)}", _INDENT * 2))
    rows += [_wrapped(line, _INDENT) for line in (verdict.raised or "").split("\n")]
    return "\n".join(rows)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
