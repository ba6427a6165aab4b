"""An exercise's statement as text: what it says, then what is to be written."""

import ast
import io
import itertools
import re
import textwrap
import tokenize
from dataclasses import dataclass

from torchkata.suite import stubs
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.narrowing import narrowed_code, narrowed_drawing
from torchkata.suite.syntax import begins_at

PROSE_WIDTH = 100
"""Characters of the longest line of prose: more are hard to read."""

_ITEM = re.compile(r"- |\d+\. +")
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
    """Prose and lists filled to a width; what is indented, such as a drawing, keeps its lines.

    Where it is too wide, a drawing gives up columns that are blank.
    """
    width = min(width, PROSE_WIDTH)
    blocks = re.split(r"\n\n+", text.rstrip())
    together = itertools.groupby(blocks, key=lambda block: all(map(_drawn, block.split("\n"))))
    return "\n\n".join(
        "\n".join(narrowed_drawing("\n\n".join(group).split("\n"), width))
        if is_drawing
        else "\n\n".join(_block(block, width) for block in group)
        for is_drawing, group in together
    )


def _drawn(line: str) -> bool:
    return line.startswith("    ")


def _block(block: str, width: int) -> str:
    lines: list[str] = []
    for line in block.split("\n"):
        if lines and _goes_on(lines[-1], line):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    filled: list[str] = []
    for is_drawing, group in itertools.groupby(lines, key=_drawn):
        if is_drawing:
            filled += narrowed_drawing(list(group), width)
            continue
        for line in group:
            item = _ITEM.match(line)
            filled.append(
                textwrap.fill(
                    line,
                    width,
                    subsequent_indent=" " * len(item[0]) if item else "",
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )
    return "\n".join(filled)


def _goes_on(above: str, line: str) -> bool:
    """Whether a line goes on with the paragraph or the item above it."""
    item = _ITEM.match(above)
    if _drawn(line):
        return item is not None and len(_indent(line)) == len(item[0])
    return not _drawn(above) and not _ITEM.match(line)


def _docstring(tree: ast.Module) -> str:
    return ast.get_docstring(tree) or ""


def _definitions(stub: str, tree: ast.Module) -> str:
    """The stub from behind its docstring and imports."""
    for node in tree.body:
        if not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom):
            return "\n".join(stub.rstrip().split("\n")[begins_at(node) - 1 :])
    return ""


def _refilled(source: str, width: int) -> str:
    """The source for a narrower width: its docstrings filled, its code broken within brackets."""
    if width >= PROSE_WIDTH:
        return source
    lines = source.split("\n")
    documented = {
        node.body[0].lineno: node.body[0].end_lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, stubs.Definition) and ast.get_docstring(node) is not None
    }
    within, fixed = _insides(source)
    found: list[str] = []
    number = 1
    while number <= len(lines):
        end = documented.get(number)
        if end is not None:
            found += _filled(lines[number - 1 : end], width)
        elif number in fixed:
            found.append(lines[number - 1])
        else:
            found += narrowed_code(lines[number - 1], width, number in within)
        number = (end or number) + 1
    return "\n".join(found)


def _insides(source: str) -> tuple[set[int], set[int]]:
    """The lines that begin within a bracket, and those of strings that have several lines."""
    within: set[int] = set()
    fixed: set[int] = set()
    depth = line = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        first, last = token.start[0], token.end[0]
        if first != line and depth:
            within.add(first)
        if token.type == tokenize.STRING and last > first:
            fixed.update(range(first, last + 1))
        elif token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        line = last
    return within, fixed


def _filled(docstring: list[str], width: int) -> list[str]:
    """The lines of a docstring, filled to a width; what examples give stays as it is."""
    filled: list[str] = []
    paragraph: list[str] = []
    example = False
    for line in [*docstring, ""]:
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if paragraph and (example or not _continues(paragraph, line)):
            filled += _fill(paragraph, width)
            paragraph = []
        if example and line.lstrip().startswith((">>> ", "... ")):
            filled += narrowed_code(line, width, within=False)
        elif example:
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
    unfinished = not paragraph[-1].endswith((".", ":", ";", ","))
    return (full or unfinished) and not _ENTRY.match(line)


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
