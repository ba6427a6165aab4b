"""A verdict as text: one screen, 80 columns, plain."""

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from torchkata.comparison import Difference, Stage, close
from torchkata.observation import ArraySeen, ContainerSeen, OpaqueSeen, Raised, TensorSeen
from torchkata.verdict import Verdict

WIDTH = 80
_INDENT = "    "
_MOST_ROWS = 6
_MOST_COLUMNS = 8
_MARK = "*"


def render(verdict: Verdict, hint: str, again: str) -> str:
    """The text of a verdict; `hint` and `again` are commands to offer.

    Each part stands in a paragraph of its own: what was judged, the property, the stage that
    failed, the input, expected and yours, the failing lines, the diagnosis, the commands.
    """
    where = f"{verdict.path}:{verdict.line}"
    if verdict.outcome == "todo":
        return f"{where}: {', '.join(verdict.unwritten)} is not written yet."
    parts = [f"{verdict.exercise} on {verdict.device}\n{where}", _wrapped(verdict.sentence)]
    if verdict.refusal is not None:
        sentence, _, detail = verdict.refusal.partition("\n")
        parts = [parts[0], _wrapped(sentence)]
        if detail:
            parts.append(textwrap.indent(detail, _INDENT))
        return "\n\n".join([*parts, f"again: {again}"])
    difference = verdict.difference
    assert difference is not None
    parts.append(_wrapped(_headline(difference)))
    if verdict.inputs is not None:
        parts.append(_inputs(verdict))
    if verdict.unsteady is not None:
        first, second = verdict.unsteady
        parts.append(_two("first time", first, "second time", second, None))
    elif _shows_values(difference):
        parts.append(_values(difference))
    if verdict.raised is not None:
        parts.append(_lines(verdict))
    if verdict.printed:
        parts.append("printed:\n" + textwrap.indent(verdict.printed, _INDENT))
    if verdict.diagnosis is not None:
        parts.append("looks like:\n" + _wrapped(verdict.diagnosis, _INDENT))
    parts.append(f"hint:  {hint}\nagain: {again}")
    return "\n\n".join(parts)


def shown(value: Any) -> str:
    """A value as seen, on one line where it is small."""
    match value:
        case TensorSeen():
            return _grid(value.values, None, "full")[0]
        case ArraySeen():
            return _grid(torch.from_numpy(value.values), None, "full")[0]
        case ContainerSeen(kind="dict", keys=keys, items=items):
            inside = ", ".join(f"{k!r}: {shown(v)}" for k, v in zip(keys, items, strict=True))
            return "{" + inside + "}"
        case ContainerSeen(kind=kind, items=items):
            opening, closing = {"list": "[]", "tuple": "()", "set": "{}"}[kind]
            comma = "," if kind == "tuple" and len(items) == 1 else ""
            return opening + ", ".join(shown(each) for each in items) + comma + closing
        case OpaqueSeen(type_name=name):
            return f"<{name}>"
        case Raised(kinds=[name, *_], message=message):
            return f"{name}: {message}"
        case torch.dtype():
            return str(value)
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


def _headline(difference: Difference) -> str:
    sentence = difference.sentence
    if difference.stage is Stage.VALUES and isinstance(difference.expected, TensorSeen | ArraySeen):
        place = "" if difference.where == "result" else f" in {difference.where}"
        sentence = f"wrong values{place}: {sentence}"
        if difference.tolerance:
            rtol, atol = difference.tolerance
            sentence += f" (tolerance: {atol:g} + {rtol:g} × |expected|)"
    elif difference.where.startswith("result[") and difference.stage is not Stage.SHARING:
        sentence = f"{difference.where}: {sentence}"
    return sentence


def _shows_values(difference: Difference) -> bool:
    plain = TensorSeen | ArraySeen | ContainerSeen
    return isinstance(difference.expected, plain) or isinstance(difference.actual, plain)


def _inputs(verdict: Verdict) -> str:
    assert verdict.inputs is not None
    layouts = dict(verdict.layouts)
    rows = ["with:"]
    for name, value in zip(verdict.inputs.keys, verdict.inputs.items, strict=True):
        told = facts(value).replace(" on cpu", f" on {verdict.device}")
        if str(name) in layouts:
            told += f", {layouts[str(name)]}"
        text = shown(value)
        body = f"{name} = {text}" if "\n" not in text else f"{name} =\n{text}"
        rows.append(textwrap.indent(body + (f"\n{_INDENT}{told}" if told else ""), _INDENT))
    return "\n".join(rows)


def _values(difference: Difference) -> str:
    return _two("expected", difference.expected, "yours", difference.actual, difference)


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
    padded = zip(
        lefts + [""] * (height - len(lefts)), rights + [""] * (height - len(rights)), strict=True
    )
    return "\n".join(f"{one:<{width}}{other}".rstrip() for one, other in padded)


def _block(title: str, value: Any, differing: torch.Tensor | None) -> list[str]:
    if isinstance(value, TensorSeen | ArraySeen):
        lines = _grid(_cells(value), differing, title)
        body = "\n".join([facts(value), *lines])
    else:
        body = shown(value)
    return [f"{title}:", *textwrap.indent(body, _INDENT).splitlines()]


def _cells(value: TensorSeen | ArraySeen) -> torch.Tensor:
    return value.values if isinstance(value, TensorSeen) else torch.from_numpy(value.values)


def _differing(left: Any, right: Any, difference: Difference | None) -> torch.Tensor | None:
    """Where two tensors of one shape differ; None where they can't be laid over each other."""
    if not isinstance(left, TensorSeen | ArraySeen) or type(left) is not type(right):
        return None
    if left.shape != right.shape or left.dtype != right.dtype:
        return None
    tolerance = difference.tolerance if difference else None
    return ~close(_cells(left), _cells(right), tolerance)


def _grid(cells: torch.Tensor, differing: torch.Tensor | None, title: str) -> list[str]:
    """The rows of a tensor's last two dimensions, round the first differing cell if it is large."""
    if cells.numel() == 0:
        return (
            [f"tensor with no elements, shape {tuple(cells.shape)}"]
            if title == "full"
            else ["no elements"]
        )
    spot = _first(differing) if differing is not None else (0,) * cells.dim()
    lead, label = spot[:-2], ""
    for index in lead:
        cells = cells[index]
        differing = differing[index] if differing is not None else None
    if lead and (cells.shape != () or True):
        label = f"[{', '.join(map(str, lead))}, :, :] "
    row_spot, column_spot = ((0, 0, *spot)[-2:]) if spot else (0, 0)
    matrix = cells.reshape(-1, cells.shape[-1]) if cells.dim() else cells.reshape(1, 1)
    marks = differing.reshape(matrix.shape) if differing is not None else None
    rows = _window(matrix.shape[0], row_spot, _MOST_ROWS)
    columns = _window(matrix.shape[1], column_spot, _MOST_COLUMNS)
    cropped = matrix[rows][:, columns]
    if rows != slice(0, matrix.shape[0]) or columns != slice(0, matrix.shape[1]):
        label += f"rows {rows.start}–{rows.stop - 1}, columns {columns.start}–{columns.stop - 1} "
    texts = _texts(cropped)
    marked = marks[rows][:, columns].tolist() if marks is not None else None
    width = max(len(text) for line in texts for text in line)
    lines = []
    for position, line in enumerate(texts):
        parts = [
            f"{text:>{width}}" + (_mark(marked, position, column))
            for column, text in enumerate(line)
        ]
        lines.append(" ".join(parts).rstrip())
    if title == "full":
        return [_compact(texts, cells.dim(), label)]
    return ([label.strip()] if label else []) + lines


def _mark(marked: Sequence[Sequence[bool]] | None, row: int, column: int) -> str:
    if marked is None:
        return ""
    return _MARK if marked[row][column] else " "


def _compact(texts: list[list[str]], dims: int, label: str) -> str:
    if dims == 0:
        return texts[0][0]
    rows = ["[" + ", ".join(line) + "]" for line in texts]
    if dims == 1:
        return label + rows[0]
    return label + "[" + ",\n ".join(rows) + "]"


def _first(differing: torch.Tensor) -> tuple[int, ...]:
    found = differing.nonzero()
    return tuple(found[0].tolist()) if len(found) else (0,) * differing.dim()


def _window(length: int, spot: int, most: int) -> slice:
    if length <= most:
        return slice(0, length)
    start = min(max(spot - most // 2, 0), length - most)
    return slice(start, start + most)


def _texts(matrix: torch.Tensor) -> list[list[str]]:
    values = matrix.tolist()
    return [[_number(value) for value in line] for line in values]


def _number(value: Any) -> str:
    if isinstance(value, float):
        return (
            np.format_float_positional(
                np.float32(value) if np.float32(value) == value else value, trim="0"
            )
            if 1e-4 <= abs(value) < 1e6 or value == 0
            else f"{value:g}"
        )
    return str(value)


def _lines(verdict: Verdict) -> str:
    rows = ["in your code:"]
    for line in verdict.lines:
        rows.append(f"{_INDENT}line {line.number}, in {line.function}")
        if line.text:
            rows.append(f"{_INDENT}    {line.text}")
    if verdict.lines and verdict.lines[-1].shapes:
        rows.append(f"{_INDENT}    with {', '.join(verdict.lines[-1].shapes)}")
    assert verdict.raised is not None
    rows.append(textwrap.indent(verdict.raised, _INDENT))
    return "\n".join(rows)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
