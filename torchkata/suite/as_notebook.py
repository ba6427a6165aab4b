"""A topic's exercises as a notebook: each one's statement, and a cell to write it in."""

import json
import re
from typing import Any

from torchkata.suite.curriculum import Exercise, Topic
from torchkata.suite.statement import PROSE_WIDTH, statement_of
from torchkata.suite.stubs import stub_of
from torchkata.suite.syntax import without_docstring

_CODE = re.compile(r"(`[^`]*`)")
_MEANT_BY_MARKDOWN = re.compile(r"[\\*_<>$\[\]|~#]")

_BEGIN = """\
# {title}

{teaches}

Write each answer in its cell and run it: the cell begins with `%%kata` and the kata's name, and is
judged as a file would be. `hint("{first}")` shows one more hint each time."""


def notebook_of(topic: Topic) -> str:
    """The text of the .ipynb file. Raises SuiteError where a solution can't be read."""
    first = topic.exercises[0].name
    begin = _BEGIN.format(title=topic.title, teaches=topic.teaches, first=first)
    cells = [
        _cell("markdown", "begin", begin),
        _cell("code", "import", "from torchkata.notebook import check, hint"),
    ]
    for exercise in topic.exercises:
        statement = statement_of(exercise, PROSE_WIDTH)
        text = f"## {exercise.name}: {_prose(statement.title)}\n\n{_prose(statement.text)}"
        cells.append(_cell("markdown", f"{exercise.name}-statement", text.strip()))
        cells.append(_cell("code", exercise.name, f"%%kata {exercise.name}\n{_to_write(exercise)}"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _to_write(exercise: Exercise) -> str:
    return without_docstring(stub_of(exercise)).rstrip()


def _cell(kind: str, name: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": name[:64], "metadata": {}}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell | {"source": source.splitlines(keepends=True)}


def _prose(text: str) -> str:
    """Text as Markdown that shows it as it is. What is indented, or in backticks, is code there."""
    return "\n\n".join(
        block if block.startswith("    ") else "".join(map(_escaped, _CODE.split(block)))
        for block in text.split("\n\n")
    )


def _escaped(piece: str) -> str:
    return piece if piece.startswith("`") else _MEANT_BY_MARKDOWN.sub(r"\\\g<0>", piece)
