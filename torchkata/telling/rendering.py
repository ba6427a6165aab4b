"""A verdict as text: one screen, 80 columns; its styles are colours where the terminal has them."""

import itertools
import textwrap
from collections.abc import Iterator
from io import StringIO
from typing import Any

from rich.console import Console
from rich.text import Text

from torchkata.judge.verdict import Verdict
from torchkata.telling.headlines import headline, stage_words, usual_meaning
from torchkata.telling.paragraphs import (
    ADVICE,
    INDENT,
    MOST_LINES,
    SENTENCE,
    STAGE,
    WHERE,
    WIDTH,
    capped,
    labelled,
    lines_of,
    printable,
    wrapped,
)
from torchkata.telling.sides import facts, shown, side_by_side
from torchkata.values.difference import Difference
from torchkata.values.observation import ArraySeen, ContainerSeen, Raised, TensorSeen
from torchkata.values.wording import is_short, written

LINES = 24
"""Those of a screen, which a verdict fits on."""

_WIDE = 10_000
_FACTS_FROM = 3
"""Where no more than so many lines of a thing have room, dtypes and shapes of inputs go first."""

_ON = {"sim": "sim, a simulated accelerator"}


def render(verdict: Verdict, hint: str = "", again: str = "") -> Text:
    """The text of a verdict; `hint` and `again` are commands to offer, where there are any.

    Each part is a paragraph of its own: the file and the property, the stage that failed, why, the
    input, expected and yours, the failing lines, what was printed, the commands. It is cut to one
    screen of `LINES`; where that is not enough, the paragraphs stand without blank lines between.
    A brief verdict is the stage alone.
    """
    if verdict.brief:
        assert verdict.difference is not None
        return wrapped(headline(verdict.difference), STAGE)
    if verdict.outcome == "todo":
        unwritten = f"{', '.join(verdict.unwritten)} is not written yet."
        return Text("\n").join(
            [Text(unwritten, SENTENCE), Text(f"{verdict.path}:{verdict.line}", WHERE)]
        )
    for gap, most in itertools.product(("\n\n", "\n"), range(MOST_LINES, 0, -1)):
        parts = _refusal(verdict) if verdict.refusal is not None else _failure(verdict, most)
        text = Text(gap).join([*parts, *_commands(verdict, hint, again)])
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


def _refusal(verdict: Verdict) -> list[Text]:
    assert verdict.refusal is not None
    sentence, *detail = verdict.refusal.split("\n", 1)
    where = Text(f"{verdict.path}:{verdict.line}", WHERE)
    parts = [Text.assemble(where, "\n", wrapped(sentence, STAGE))]
    parts += [Text(textwrap.indent(printable(each), INDENT)) for each in detail]
    return parts + _explanation(verdict)


def _failure(verdict: Verdict, most: int) -> list[Text]:
    assert verdict.difference is not None
    on = f"{verdict.path}:{verdict.line}, on {_ON.get(verdict.device, verdict.device)}"
    parts = [Text.assemble((on, WHERE), "\n", wrapped(verdict.sentence, SENTENCE))]
    parts += [_came_out(verdict.difference, most), *_why(verdict)]
    if verdict.inputs is not None:
        parts += [*([_given(verdict, most)] if verdict.inputs.keys else []), *_body(verdict, most)]
    return parts


def _commands(verdict: Verdict, hint: str, again: str) -> list[Text]:
    repeat = labelled("again:", f" {again}")
    if not again:
        return []
    if verdict.refusal is not None:
        return [repeat]
    return [Text.assemble(labelled("hint: ", f" {hint}"), "\n", repeat)]


def _came_out(difference: Difference, most: int) -> Text:
    """The stage that failed, in words, with the whole message of an exception."""
    words = stage_words(difference)
    match difference.actual:
        case Raised(cause="exception", message=message) if message.strip():
            words += f": {message.strip()}"
    lines = [line for each in words.split("\n") for line in lines_of(each, WIDTH)]
    return Text("\n".join(capped(lines, most)), STAGE)


def _body(verdict: Verdict, most: int) -> list[Text]:
    parts = []
    if verdict.unsteady is not None:
        first, second = verdict.unsteady
        parts.append(side_by_side("first time", first, "second time", second, None))
    elif verdict.difference is not None and _shows_values(verdict.difference):
        difference = verdict.difference
        parts.append(
            side_by_side("expected", difference.expected, "yours", difference.actual, difference)
        )
    if verdict.lines:
        parts.append(_lines(verdict, most))
    if verdict.printed:
        printed = capped(printable(verdict.printed).split("\n"), most)
        parts.append(labelled("printed:", "\n" + textwrap.indent("\n".join(printed), INDENT)))
    return parts


def _why(verdict: Verdict) -> list[Text]:
    """Why it fails, as far as is known; a misconception says what the exception means too."""
    if verdict.diagnosis is not None:
        return [labelled("looks like:\n", wrapped(verdict.diagnosis, ADVICE, INDENT))]
    if verdict.why is None:
        return _explanation(verdict)
    return [labelled("why:\n", wrapped(verdict.why, ADVICE, INDENT)), *_explanation(verdict)]


def _explanation(verdict: Verdict) -> list[Text]:
    told = usual_meaning(verdict)
    if told is None:
        return []
    return [labelled("this usually means:\n", wrapped(told, ADVICE, INDENT))]


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
    fits = all(len(line) + len(INDENT) <= WIDTH for line in code)
    if not fits or len(code) > inputs.plain.count("\n"):
        return inputs
    return labelled("call:", "\n" + textwrap.indent(printable("\n".join(code)), INDENT))


def _inputs(verdict: Verdict, most: int) -> Text:
    assert verdict.inputs is not None
    layouts = dict(verdict.layouts)
    text = labelled("with:")
    for name, value in zip(verdict.inputs.keys, verdict.inputs.items, strict=True):
        lead = " " * (len(INDENT) + len(str(name)) + 3)
        folded = (wrapped(line, "", lead).plain for line in shown(value).split("\n"))
        listed = "\n".join(capped("\n".join(folded).split("\n"), most, lead)).lstrip()
        text.append(f"\n{INDENT}{name} = {listed}")
        for path, told in _facts_within(value, str(name)) if most >= _FACTS_FROM else ():
            if path in layouts:
                told += f", {layouts[path]}"
            lead = "" if path == str(name) else f"{path}: "
            text.append(f"\n{INDENT * 2}{lead}{told}", WHERE)
    return text


def _facts_within(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The facts of a tensor, or of each tensor in a container, with the path to it."""
    if isinstance(value, ContainerSeen):
        for key, item in zip(value.keys, value.items, strict=True):
            yield from _facts_within(item, f"{path}[{key!r}]")
    elif told := facts(value):
        yield path, told


def _lines(verdict: Verdict, most: int) -> Text:
    text = labelled("in your code:")
    for line in verdict.lines[-most:]:
        text.append(f"\n{INDENT}line {line.number}, in {line.function}", WHERE)
        if line.text:
            written = lines_of(line.text, WIDTH - 2 * len(INDENT))
            text.append("\n" + textwrap.indent(f"\n{INDENT}".join(written), INDENT * 2))
    if verdict.lines and verdict.lines[-1].shapes:
        shapes = f"with {', '.join(verdict.lines[-1].shapes)}"
        text.append_text(Text.assemble("\n", wrapped(shapes, WHERE, INDENT * 2)))
    return text
