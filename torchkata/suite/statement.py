"""An exercise's statement as text: what it says, then what is to be written."""

import ast
import re
import textwrap
from dataclasses import dataclass

from torchkata.suite import stubs
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.syntax import begins_at

PROSE_WIDTH = 100
"""Characters of the longest line of prose: more are hard to read."""

_ITEM = re.compile(r"- |\d+\. ")
_HEADING = re.compile(r"\s*\w+:$")
_ENTRY = re.compile(r"\s*\*{0,2}\w+(, \w+)*: ")
"""A line that begins with a parameter or an exception and a colon."""


def first_line(exercise: Exercise) -> str:
    """The first line of an exercise's statement, which is its title.

    Raises SuiteError where the solution, which holds the statement, can't be read.
    """
    path = exercise.solution_path
    try:
        return _docstring(ast.parse(path.read_bytes())).partition("\n")[0]
    except OSError as error:
        raise SuiteError(f"{path}: can't be read: {error.strerror}") from None
    except (SyntaxError, ValueError) as error:
        raise SuiteError(f"{path}: is not valid Python: {error}") from None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement filled to a width: its title, its text, and the definitions to write."""

    title: str
    text: str
    definitions: str


def statement_of(exercise: Exercise, width: int = PROSE_WIDTH) -> Statement:
    """The statement and the signatures to fill in, as the exercise's stub has them.

    Raises SuiteError where the stub can't be generated.
    """
    stub = stubs.stub_of(exercise)
    tree = ast.parse(stub)
    title, _, rest = _docstring(tree).partition("\n")
    return Statement(
        title, reflowed(rest.strip("\n"), width), _refilled(_definitions(stub, tree), width)
    )


def reflowed(text: str, width: int) -> str:
    """Prose and lists filled to a width; what is indented, such as a drawing, stays as it is."""
    width = min(width, PROSE_WIDTH)
    return "\n\n".join(_block(block, width) for block in re.split(r"\n\n+", text.rstrip()))


def _block(block: str, width: int) -> str:
    lines: list[str] = []
    for line in block.split("\n"):
        continues = lines and not lines[-1].startswith("    ") and not _ITEM.match(line)
        if line.startswith("    ") or not continues:
            lines.append(line)
        else:
            lines[-1] += " " + line.strip()
    return "\n".join(
        line
        if line.startswith("    ")
        else textwrap.fill(
            line,
            width,
            subsequent_indent=" " * len(item[0]) if (item := _ITEM.match(line)) else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
    )


def _docstring(tree: ast.Module) -> str:
    return ast.get_docstring(tree) or ""


def _definitions(stub: str, tree: ast.Module) -> str:
    """The stub from behind its docstring and imports."""
    for node in tree.body:
        if not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom):
            return "\n".join(stub.rstrip().split("\n")[begins_at(node) - 1 :])
    return ""


def _refilled(source: str, width: int) -> str:
    """The source with the prose of its docstrings filled to a narrower width."""
    if width >= PROSE_WIDTH:
        return source
    lines = source.split("\n")
    documented = [
        node.body[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, stubs.Definition) and ast.get_docstring(node) is not None
    ]
    for text in sorted(documented, key=lambda node: -node.lineno):
        lines[text.lineno - 1 : text.end_lineno] = _filled(
            lines[text.lineno - 1 : text.end_lineno], width
        )
    return "\n".join(lines)


def _filled(docstring: list[str], width: int) -> list[str]:
    """The lines of a docstring, filled to a width; worked examples stay as they are."""
    filled: list[str] = []
    paragraph: list[str] = []
    example = False
    for line in [*docstring, ""]:
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if paragraph and (example or not _continues(paragraph, line)):
            filled += _fill(paragraph, width)
            paragraph = []
        if example:
            filled.append(line)
        else:
            paragraph.append(line)
    return filled


def _continues(paragraph: list[str], line: str) -> bool:
    """Whether a line goes on with a paragraph: it hangs below it, or the line above was full."""
    if not (line.strip() and paragraph[0].strip()) or _HEADING.match(paragraph[0]):
        return False
    if len(_indent(line)) > len(_indent(paragraph[0])):
        return True
    full = len(paragraph[-1]) + 1 + len(line.split()[0]) > PROSE_WIDTH
    return full and not _ENTRY.match(line)


def _fill(paragraph: list[str], width: int) -> list[str]:
    indents = [_indent(line) for line in paragraph[:2]]
    filled = textwrap.wrap(
        " ".join(line.strip() for line in paragraph),
        width,
        initial_indent=indents[0],
        subsequent_indent=indents[-1],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled or [""]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
