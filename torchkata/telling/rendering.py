"""A verdict as text: one screen, 80 columns; its styles are colours where the terminal has them."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import torch
from rich.console import Console
from rich.text import Text

from torchkata.judge.verdict import Verdict
from torchkata.values import grid
from torchkata.values.difference import Difference, Stage, Tolerance
from torchkata.values.observation import ArraySeen, ContainerSeen, OpaqueSeen, Raised, TensorSeen
from torchkata.values.pairs import cells, close
from torchkata.values.wording import is_short, written

WIDTH = 80
LINES = 24
"""Those of a screen, which a verdict fits on."""

_WIDE = 10_000
_INDENT = "    "
_MOST_LINES = 8
"""Lines of one thing: a message that lists every kernel, a list that holds everything."""

_TELL_WHERE = (Stage.RAN, Stage.AFTERWARDS, Stage.SHARING, Stage.OPERATIONS)
"""Stages whose sentences name the part that differs."""

_FACTS_FROM = 3
"""Where no more than so many lines of a thing have room, dtypes and shapes of inputs go first."""

_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}
_ON = {"sim": "sim, a simulated accelerator"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_SENTENCE = "bold"
_WHERE = "dim"
_STAGE = "bold red"
_LABEL = "cyan"
_WANTED = "bold green"
_GIVEN = "bold red"
_ADVICE = "yellow"


def render(verdict: Verdict, hint: str = "", again: str = "") -> Text:
    """The text of a verdict; `hint` and `again` are commands to offer, where there are any.

    Each part is a paragraph of its own: the file and the property, the stage that failed, why, the
    input, expected and yours, the failing lines, what was printed, the commands. It is cut to one
    screen of `LINES`. A brief verdict is the stage alone.
    """
    if verdict.brief:
        assert verdict.difference is not None
        return _wrapped(headline(verdict.difference), _STAGE)
    if verdict.outcome == "todo":
        unwritten = f"{', '.join(verdict.unwritten)} is not written yet."
        return Text("\n").join(
            [Text(unwritten, _SENTENCE), Text(f"{verdict.path}:{verdict.line}", _WHERE)]
        )
    for most in range(_MOST_LINES, 0, -1):
        parts = _refusal(verdict) if verdict.refusal is not None else _failure(verdict, most)
        text = Text("\n\n").join([*parts, *_commands(verdict, hint, again)])
        if text.plain.count("\n") < LINES:
            break
    return text


def to_ansi(text: Text) -> str:
    """Text with its styles as ANSI escapes, whatever terminal this process has."""
    file = StringIO()
    console = Console(
        file=file,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        width=_WIDE,
    )
    console.print(text, soft_wrap=True, highlight=False, end="")
    return file.getvalue()


def printable(text: str) -> str:
    """Text with its control characters, but for newlines, and its lone surrogates as escapes.

    A terminal obeys the first, and no encoding has the others.
    """
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(name: str) -> str:
    """A name as it can stand in a line: with newlines as escapes too."""
    return printable(name).replace("\n", "\\n")


def headline(difference: Difference) -> str:
    """The stage that failed, in words and in one line, with the message of an exception."""
    words = _stage(difference)
    match difference.actual:
        case Raised(cause="exception", message=message) if message.strip():
            words += ": " + message.strip().split("\n")[0]
    return printable(words).replace("\n", " ")


def reason(verdict: Verdict) -> str:
    """Why a verdict is not passed, in one line; empty where it is."""
    if verdict.difference is not None:
        return headline(verdict.difference)
    if verdict.refusal is not None:
        return printable(verdict.refusal.partition("\n")[0])
    return f"{', '.join(verdict.unwritten)} is not written yet." if verdict.unwritten else ""


def usual_meaning(verdict: Verdict) -> str | None:
    """What the exception that a verdict tells of usually means; None where that is not known.

    Where another exception is asked for, it is silent: that this one came is no mistake as such.
    """
    if verdict.error is None:
        return None
    if verdict.difference is not None and isinstance(verdict.difference.expected, Raised):
        return None
    from torchkata.telling.torch_errors import explanation  # a few hundred patterns

    actual = verdict.difference.actual if verdict.difference is not None else None
    in_use = isinstance(actual, Raised) and actual.cause == "unusable"
    return explanation(*verdict.error, in_use=in_use)


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
    return written(value)


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


def _refusal(verdict: Verdict) -> list[Text]:
    assert verdict.refusal is not None
    sentence, *detail = verdict.refusal.split("\n", 1)
    where = Text(f"{verdict.path}:{verdict.line}", _WHERE)
    parts = [Text.assemble(where, "\n", _wrapped(sentence, _STAGE))]
    parts += [Text(textwrap.indent(printable(each), _INDENT)) for each in detail]
    return parts + _explanation(verdict)


def _failure(verdict: Verdict, most: int) -> list[Text]:
    assert verdict.difference is not None
    on = f"{verdict.path}:{verdict.line}, on {_ON.get(verdict.device, verdict.device)}"
    parts = [Text.assemble((on, _WHERE), "\n", _wrapped(verdict.sentence, _SENTENCE))]
    parts += [_came_out(verdict.difference, most), *_why(verdict)]
    if verdict.inputs is not None:
        parts += [*([_given(verdict, most)] if verdict.inputs.keys else []), *_body(verdict, most)]
    return parts


def _commands(verdict: Verdict, hint: str, again: str) -> list[Text]:
    repeat = _labelled("again:", f" {again}")
    if not again:
        return []
    if verdict.refusal is not None:
        return [repeat]
    return [Text.assemble(_labelled("hint: ", f" {hint}"), "\n", repeat)]


def _came_out(difference: Difference, most: int) -> Text:
    """The stage that failed, in words, with the whole message of an exception."""
    words = _stage(difference)
    match difference.actual:
        case Raised(cause="exception", message=message) if message.strip():
            words += f": {message.strip()}"
    lines = [line for each in words.split("\n") for line in _lines_of(each, WIDTH)]
    return Text("\n".join(_capped(lines, most)), _STAGE)


def _stage(difference: Difference) -> str:
    """The stage that failed, in words."""
    words = difference.sentence
    wanted = difference.expected
    if difference.stage is Stage.VALUES and isinstance(wanted, TensorSeen | ArraySeen):
        words = f"wrong values: {words}{_within(difference.tolerance)}"
    if difference.where != "result" and difference.stage not in _TELL_WHERE:
        words = f"{difference.where}: {words}"
    return words


def _within(tolerance: Tolerance | None) -> str:
    if tolerance is None or tolerance == (0.0, 0.0):
        return ""
    rtol, atol = tolerance
    parts = [f"{atol:g}"] if atol else []
    parts += [f"{rtol:g} × |expected|"] if rtol else []
    return f" (tolerance: {' + '.join(parts)})"


def _body(verdict: Verdict, most: int) -> list[Text]:
    parts = []
    if verdict.unsteady is not None:
        first, second = verdict.unsteady
        parts.append(_two("first time", first, "second time", second, None))
    elif verdict.difference is not None and _shows_values(verdict.difference):
        difference = verdict.difference
        parts.append(_two("expected", difference.expected, "yours", difference.actual, difference))
    if verdict.lines:
        parts.append(_lines(verdict, most))
    if verdict.printed:
        printed = _capped(printable(verdict.printed).split("\n"), most)
        parts.append(_labelled("printed:", "\n" + textwrap.indent("\n".join(printed), _INDENT)))
    return parts


def _why(verdict: Verdict) -> list[Text]:
    """Why it fails, as far as is known; a misconception says what the exception means too."""
    if verdict.diagnosis is not None:
        return [_labelled("looks like:\n", _wrapped(verdict.diagnosis, _ADVICE, _INDENT))]
    if verdict.why is None:
        return _explanation(verdict)
    return [_labelled("why:\n", _wrapped(verdict.why, _ADVICE, _INDENT)), *_explanation(verdict)]


def _explanation(verdict: Verdict) -> list[Text]:
    told = usual_meaning(verdict)
    if told is None:
        return []
    return [_labelled("this usually means:\n", _wrapped(told, _ADVICE, _INDENT))]


def _shows_values(difference: Difference) -> bool:
    """Whether the two sides say more than the headline does."""
    if isinstance(difference.actual, Raised):
        return False
    if is_short(difference.expected) and is_short(difference.actual):
        return written(difference.expected) not in difference.sentence
    plain = TensorSeen | ArraySeen | ContainerSeen
    return isinstance(difference.expected, plain) or isinstance(difference.actual, plain)


def _given(verdict: Verdict, most: int) -> Text:
    """The call as code, where it takes no more room than the inputs do, else the inputs."""
    inputs = _inputs(verdict, most)
    if verdict.call is None:
        return inputs
    # The learner's own file imports torch.
    known = {"import torch", verdict.call.own}
    code = [each for each in verdict.call.imports if each not in known]
    code += "\n".join(each.rstrip() for each in verdict.call.lines).split("\n")
    fits = all(len(line) + len(_INDENT) <= WIDTH for line in code)
    if not fits or len(code) > inputs.plain.count("\n"):
        return inputs
    return _labelled("call:", "\n" + textwrap.indent(printable("\n".join(code)), _INDENT))


def _inputs(verdict: Verdict, most: int) -> Text:
    assert verdict.inputs is not None
    layouts = dict(verdict.layouts)
    text = _labelled("with:")
    for name, value in zip(verdict.inputs.keys, verdict.inputs.items, strict=True):
        lead = " " * (len(_INDENT) + len(str(name)) + 3)
        wrapped = (_wrapped(line, "", lead).plain for line in shown(value).split("\n"))
        written = "\n".join(_capped("\n".join(wrapped).split("\n"), most, lead)).lstrip()
        text.append(f"\n{_INDENT}{name} = {written}")
        for path, told in _facts_within(value, str(name)) if most >= _FACTS_FROM else ():
            if path in layouts:
                told += f", {layouts[path]}"
            lead = "" if path == str(name) else f"{path}: "
            text.append(f"\n{_INDENT * 2}{lead}{told}", _WHERE)
    return text


def _facts_within(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The facts of a tensor, or of each tensor in a container, with the path to it."""
    if isinstance(value, ContainerSeen):
        for key, item in zip(value.keys, value.items, strict=True):
            yield from _facts_within(item, f"{path}[{key!r}]")
    elif told := facts(value):
        yield path, told


def _two(
    left_title: str, left: Any, right_title: str, right: Any, difference: Difference | None
) -> Text:
    """Two values under their titles, side by side where they fit, with differing cells marked."""
    one, other = _tensor(left), _tensor(right)
    differing, digits = None, grid.FEW
    if one is not None and other is not None and _like(left, right):
        differing = ~close(one, other, difference.tolerance if difference else None)
        digits = grid.digits(one, other, differing)
    lefts = _block(left_title, left, differing, _WANTED, digits)
    rights = _block(right_title, right, differing, _GIVEN, digits)
    width = max(line.cell_len for line in lefts) + 4
    if width + max(line.cell_len for line in rights) > WIDTH:
        return Text("\n").join([*lefts, *rights])
    rows = []
    for position in range(max(len(lefts), len(rights))):
        row = _at(lefts, position)
        row.append(" " * (width - row.cell_len))
        row.append_text(_at(rights, position))
        row.rstrip()
        rows.append(row)
    return Text("\n").join(rows)


def _tensor(value: Any) -> torch.Tensor | None:
    """The cells of a tensor as seen; None for anything that has none to mark."""
    return cells(value) if isinstance(value, TensorSeen | ArraySeen) else None


def _at(lines: Sequence[Text], position: int) -> Text:
    return lines[position].copy() if position < len(lines) else Text()


def _block(
    title: str,
    value: Any,
    differing: torch.Tensor | None = None,
    style: str = "",
    digits: int = grid.FEW,
) -> list[Text]:
    tensor = _tensor(value)
    told = facts(value)
    body = [Text(told, _WHERE)] if told else []
    if tensor is None:
        flat = " ".join(line.strip() for line in shown(value).split("\n"))
        body += map(Text, _capped(_lines_of(flat, WIDTH - 2 * len(_INDENT)) or [""]))
    else:
        body += grid.rows(tensor, differing, style, digits)
    return [_labelled(f"{title}:"), *(Text.assemble(_INDENT, line) for line in body)]


def _like(left: Any, right: Any) -> bool:
    """Whether two tensors as seen can be laid over each other."""
    same = left.shape == right.shape and left.dtype == right.dtype
    return same and type(left) is type(right)


def _lines(verdict: Verdict, most: int) -> Text:
    text = _labelled("in your code:")
    for line in verdict.lines[-most:]:
        text.append(f"\n{_INDENT}line {line.number}, in {line.function}", _WHERE)
        if line.text:
            written = _lines_of(line.text, WIDTH - 2 * len(_INDENT))
            text.append("\n" + textwrap.indent(f"\n{_INDENT}".join(written), _INDENT * 2))
    if verdict.lines and verdict.lines[-1].shapes:
        shapes = f"with {', '.join(verdict.lines[-1].shapes)}"
        text.append_text(Text.assemble("\n", _wrapped(shapes, _WHERE, _INDENT * 2)))
    return text


def _labelled(label: str, rest: str | Text = "") -> Text:
    return Text.assemble((label, _LABEL), rest)


def _capped(lines: Sequence[str], most: int = _MOST_LINES, indent: str = "") -> Sequence[str]:
    """The first lines, and how many more there are."""
    if len(lines) <= most + 1:
        return lines
    return [*lines[:most], f"{indent}… and {len(lines) - most} more lines"]


def _wrapped(text: str, style: str = "", indent: str = "") -> Text:
    lines = _lines_of(text, WIDTH - len(indent), break_long_words=False)
    return Text(textwrap.indent("\n".join(lines), indent), style)


def _lines_of(text: str, width: int, break_long_words: bool = True) -> list[str]:
    return textwrap.wrap(
        printable(text), width, break_long_words=break_long_words, break_on_hyphens=False
    )
