"""A verdict as text: one screen, 80 columns; its styles are colours where the terminal has them."""

import itertools
import textwrap
from io import StringIO

from rich.console import Console
from rich.text import Text

from torchkata.judge.verdict import Verdict
from torchkata.telling import parts
from torchkata.telling.headlines import headline
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
from torchkata.telling.sides import shown, side_by_side
from torchkata.values.difference import Difference

LINES = 24
"""Those of a screen, which a verdict fits on."""

_WIDE = 10_000
_FACTS_FROM = 3
"""Where no more than so many lines of a thing have room, dtypes and shapes of inputs go first."""


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
        lines = (parts.unwritten(verdict), SENTENCE), (parts.place(verdict), WHERE)
        return Text("\n").join(Text(*each) for each in lines)
    for gap, most in itertools.product(("\n\n", "\n"), range(MOST_LINES, 0, -1)):
        said = _refusal(verdict) if verdict.refusal is not None else _failure(verdict, most)
        text = Text(gap).join([*said, *_commands(verdict, hint, again)])
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
    sentence, detail = parts.refusal(verdict)
    said = [Text.assemble((parts.place(verdict), WHERE), "\n", wrapped(sentence, STAGE))]
    if detail:
        said.append(Text(textwrap.indent(printable(detail), INDENT)))
    return said + _reasons(verdict)


def _failure(verdict: Verdict, most: int) -> list[Text]:
    assert verdict.difference is not None
    where = (parts.place(verdict), WHERE)
    said = [Text.assemble(where, "\n", wrapped(verdict.sentence, SENTENCE))]
    said += [_came_out(verdict.difference, most), *_reasons(verdict)]
    if verdict.inputs is not None:
        said += [*([_given(verdict, most)] if verdict.inputs.keys else []), *_body(verdict, most)]
    return said


def _commands(verdict: Verdict, hint: str, again: str) -> list[Text]:
    repeat = labelled("again:", f" {again}")
    if not again:
        return []
    if verdict.refusal is not None:
        return [repeat]
    return [Text.assemble(labelled("hint: ", f" {hint}"), "\n", repeat)]


def _came_out(difference: Difference, most: int) -> Text:
    words = parts.came_out(difference).split("\n")
    lines = [line for each in words for line in lines_of(each, WIDTH)]
    return Text("\n".join(capped(lines, most)), STAGE)


def _body(verdict: Verdict, most: int) -> list[Text]:
    said = []
    sides = parts.sides(verdict)
    if sides is not None:
        left, right = (sides.left_title, sides.left), (sides.right_title, sides.right)
        said.append(side_by_side(*left, *right, sides.difference))
    if verdict.lines:
        said.append(_lines(verdict, most))
    if verdict.printed:
        printed = capped(printable(verdict.printed).split("\n"), most)
        said.append(labelled("printed:", "\n" + textwrap.indent("\n".join(printed), INDENT)))
    return said


def _reasons(verdict: Verdict) -> list[Text]:
    return [
        labelled(f"{label}:\n", wrapped(sentence, ADVICE, INDENT))
        for label, sentence in parts.reasons(verdict)
    ]


def _given(verdict: Verdict, most: int) -> Text:
    """The call as code, where it takes no more room than the inputs do, else the inputs."""
    inputs = _inputs(verdict, most)
    code = parts.call_lines(verdict)
    fits = all(len(line) + len(INDENT) <= WIDTH for line in code)
    if not code or not fits or len(code) > inputs.plain.count("\n"):
        return inputs
    return labelled("call:", "\n" + textwrap.indent(printable("\n".join(code)), INDENT))


def _inputs(verdict: Verdict, most: int) -> Text:
    assert verdict.inputs is not None
    text = labelled("with:")
    for name, value in zip(verdict.inputs.keys, verdict.inputs.items, strict=True):
        lead = " " * (len(INDENT) + len(str(name)) + 3)
        folded = (wrapped(line, "", lead).plain for line in shown(value).split("\n"))
        listed = "\n".join(capped("\n".join(folded).split("\n"), most, lead)).lstrip()
        text.append(f"\n{INDENT}{name} = {listed}")
        for told in parts.input_facts(verdict, str(name), value) if most >= _FACTS_FROM else ():
            text.append(f"\n{INDENT * 2}{told}", WHERE)
    return text


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
