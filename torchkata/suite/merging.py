"""A learner's file brought up to a new stub: what the suite says of it, and the learner's code."""

import ast
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from torchkata.suite import stubs

_Documented = ast.Module | stubs.Definition


class Conflict(Exception):
    """The learner's file and the new stub can't be made one; the message says why."""


def merged(old: str, new: str, mine: str) -> str:
    """The learner's file, which began as the stub `old`, with what has changed from that to `new`.

    Statement and docstrings are the new ones, code that the learner has written stays word for
    word, and what they have not begun is as in the new stub. Raises Conflict where the suite has
    changed what they have.
    """
    if mine == old:
        return new
    if mine == new or old == new:
        return mine
    begun = stubs.names_of(old) - stubs.untouched(mine, old)
    clash = [name for name in stubs.names_of(old) - stubs.untouched(new, old) if name in begun]
    if clash:
        # A method stands behind its class: its name says more.
        raise Conflict(f"the suite has changed {max(clash, key=len)}, which you have begun")
    if _tree(mine) is not None:
        old, mine = _documented_anew(old, new, mine)
    if old == new:
        return mine
    return _three_way(old, new, mine)


def _documented_anew(old: str, new: str, mine: str) -> tuple[str, str]:
    """The old stub and the learner's file with the docstrings of the new stub.

    One that the learner has taken out stays so. Raises Conflict where they have changed one that
    the suite has changed too.
    """
    texts = _docstrings(old), _docstrings(new), _docstrings(mine)
    was, becomes, theirs = ({name: each[2] for name, each in found.items()} for found in texts)
    changed = {name: text for name, text in becomes.items() if name in was and text != was[name]}
    for name in changed:
        if name in theirs and theirs[name] not in (was[name], changed[name]):
            raise Conflict(f"you and the suite have changed {_called(name)}")
    return _replaced(old, texts[0], changed), _replaced(mine, texts[2], changed)


def _called(name: str) -> str:
    return f"the docstring of {name}" if name else "the statement at the top"


def _docstrings(source: str) -> dict[str, tuple[int, int, str]]:
    """Qualified name → the lines before and behind a docstring, and its text.

    That of the file goes by an empty name. Empty where the source doesn't parse.
    """
    tree = _tree(source)
    if tree is None:
        return {}
    lines = source.split("\n")
    found = {}
    for name, node in [("", tree), *stubs.walk(tree)]:
        place = _place(node, lines)
        if place is not None:
            first, last = place
            found[name] = first, last, "\n".join(lines[first:last])
    return found


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _place(node: _Documented, lines: list[str]) -> tuple[int, int] | None:
    """Where the docstring's lines begin and end; None where it has none to itself."""
    if ast.get_docstring(node, clean=False) is None:
        return None
    text = node.body[0]
    assert text.end_lineno is not None
    first, last = text.lineno - 1, text.end_lineno
    alone = not lines[first].encode()[: text.col_offset].strip()
    return (first, last) if alone else None


def _replaced(
    source: str, places: Mapping[str, tuple[int, int, str]], texts: Mapping[str, str]
) -> str:
    lines = source.split("\n")
    chosen = [(places[name], text) for name, text in texts.items() if name in places]
    for (first, last, _), text in sorted(chosen, reverse=True):
        lines[first:last] = text.split("\n")
    return "\n".join(lines)


def _three_way(old: str, new: str, mine: str) -> str:
    """What git makes of the two changes to `old`. Raises Conflict where they touch."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in (("mine", mine), ("old", old), ("new", new)):
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8", newline="")
            paths.append(str(path))
        command = ["git", "merge-file", "-p", "-q", *paths]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise Conflict("you and the suite have changed the same lines")
    return done.stdout
