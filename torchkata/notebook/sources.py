"""An answer from a notebook as the file that it would be: with all that it uses of the notebook.

Imports and plain values are written before it, with the functions and classes of the notebook that
it calls; behind it comes what is left of the stub.
"""

import ast
import builtins
import inspect
import linecache
import symtable
import sys
import textwrap
import types
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from torchkata.suite.curriculum import SuiteError
from torchkata.suite.syntax import begins_at, made
from torchkata.values.source import Unwritable, Writer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner wrote, and the line of its cell or file at which it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class AsFile:
    """The text of a file. A line of it from `begins` on is `shift` lines further down than before.

    `begins` is where the answer begins.
    """

    text: str
    begins: int
    shift: int


def answer_of(value: Any, namespace: Mapping[str, Any]) -> Answer:
    """The source of a function or class. Raises SuiteError where it can't be found."""
    with suppress(OSError, TypeError, SyntaxError):
        lines, line = inspect.getsourcelines(value)
        # What is not indented as it is written can't be read by itself.
        return Answer(textwrap.dedent("".join(lines)), max(line, 1))
    if isinstance(value, type):
        for cell in _cells(value, namespace):
            for node in _parsed(cell):
                if isinstance(node, ast.ClassDef) and node.name == value.__name__:
                    first = begins_at(node)
                    return Answer("\n".join(cell.split("\n")[first - 1 : node.end_lineno]), first)
    name = getattr(value, "__name__", type(value).__name__)
    raise SuiteError(
        f"The source of {name} can't be found: define it by `def` or `class` in a cell or a file."
    )


def as_file(answer: Answer, namespace: Mapping[str, Any], stub: str) -> AsFile:
    """The answer with what it uses of the `namespace`, and with what it lacks of the stub.

    Raises SuiteError where it uses something that no file could hold.
    """
    used = _Used(namespace)
    used.take(answer.text)
    before = used.lines()
    begins = max(answer.line, len(before) + 1)
    lines = [*before, *[""] * (begins - 1 - len(before)), *answer.text.rstrip("\n").split("\n")]
    text = "\n".join(lines)
    rest = _rest(stub, text)
    return AsFile(f"{text}\n{rest}", begins, begins - answer.line)


@dataclass
class _Used:
    """What a text uses of a namespace, as text: each name once, what it needs itself first."""

    namespace: Mapping[str, Any]
    imports: dict[str, None] = field(default_factory=dict)
    definitions: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def take(self, text: str) -> None:
        for name in sorted(_free(text)):
            if name in self.known or name not in self.namespace or hasattr(builtins, name):
                continue
            self.known.add(name)
            self._take(name, self.namespace[name])

    def lines(self) -> list[str]:
        """Imports in one line, so that few stand before the answer, then the definitions."""
        first = ["; ".join(self.imports)] if self.imports else []
        return [*first, *(line for each in self.definitions for line in each.split("\n"))]

    def _take(self, name: str, value: Any) -> None:
        if isinstance(value, types.ModuleType):
            called = "" if value.__name__ == name else f" as {name}"
            self.imports[f"import {value.__name__}{called}"] = None
        elif self._is_own(value):
            text = answer_of(value, self.namespace).text.rstrip("\n")
            self.take(text)
            self.definitions.append(text)
            if value.__name__ != name:
                self.definitions.append(f"{name} = {value.__name__}")
        elif (imported := _imported(name, value)) is not None:
            self.imports[imported] = None
        else:
            self._write(name, value)

    def _is_own(self, value: Any) -> bool:
        """Whether the notebook has defined it itself."""
        is_code = isinstance(value, types.FunctionType | type)
        return is_code and value.__module__ == self.namespace.get("__name__")

    def _write(self, name: str, value: Any) -> None:
        writer = Writer()
        try:
            text = writer.written(value)
        except Unwritable as error:
            raise SuiteError(
                f"Your code uses {name} of the notebook, {error}. A file has no notebook round it: "
                f"make {name} within the function, or in a function that it calls."
            ) from None
        self.imports.update(writer.imports)
        self.definitions.append(f"{name} = {text}")


def _free(text: str) -> set[str]:
    """The names that a text uses and does not define itself; empty where it doesn't parse."""
    try:
        table = symtable.symtable(text, "cell", "exec")
    except (SyntaxError, ValueError):
        return set()
    own = {each.get_name() for each in table.get_symbols() if each.is_assigned()}
    own |= {each.get_name() for each in table.get_symbols() if each.is_imported()}
    return {
        symbol.get_name()
        for part in _tables(table)
        for symbol in part.get_symbols()
        if symbol.is_referenced() and (part is table or symbol.is_global())
    } - own


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for each in table.get_children():
        yield from _tables(each)


def _imported(name: str, value: Any) -> str | None:
    """The import that gives a value; None where there is none."""
    own = getattr(value, "__name__", name)
    for module in (getattr(value, "__module__", None), "torch", "numpy"):
        for known in (own, name):
            if not isinstance(module, str) or not isinstance(known, str) or module == "__main__":
                continue
            if getattr(sys.modules.get(module), known, None) is value:
                return f"from {module} import {known}" + (f" as {name}" if known != name else "")
    return None


def _rest(stub: str, text: str) -> str:
    """The imports, constants and definitions of the stub that a text does not make itself."""
    defined = {name for node in _parsed(text) for name in made(node)}
    lines = stub.split("\n")
    return "".join(
        "\n\n" + "\n".join(lines[begins_at(node) - 1 : node.end_lineno]) + "\n"
        for node in ast.parse(stub).body
        if (names := made(node)) and (_is_import(node) or not names & defined) and names - defined
    )


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _parsed(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError):
        return []


def _cells(value: type, namespace: Mapping[str, Any]) -> Iterator[str]:
    """The cells that may define a class: that of its methods, then all of them, the last first."""
    for each in vars(value).values():
        if isinstance(each, types.FunctionType):
            yield "".join(linecache.getlines(each.__code__.co_filename))
    history = namespace.get("In", [])
    yield from (each for each in reversed(history) if isinstance(each, str))
