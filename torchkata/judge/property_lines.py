"""The lines of a property as code that runs by itself: its body, and what that uses of its file."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torchkata.properties import Property
from torchkata.suite.syntax import begins_at, bound, made
from torchkata.values.source import Unwritable

_BLOCKS = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.With, ast.Try)
_HOLDING = ("assert_same",)
_REFUSING = ("NoOperations",)
_KEPT = "returned"
"""The name of what a property returns from within a block."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A property's body as statements, the last of them the value that it returns or holds to a
    reference; the definitions and import lines of its file that it uses; and the names in it.

    `targets` are the names asked of `impl`; `whole` is whether `impl` itself is used as a value.
    """

    body: tuple[str, ...]
    definitions: tuple[str, ...]
    imports: tuple[str, ...]
    names: frozenset[str]
    targets: tuple[str, ...]
    whole: bool


def slice_of(prop: Property, inputs: Mapping[str, Any], stopped: int | None) -> Slice:
    """The property's lines, up to `stopped`, the line of its file at which it was left by an
    exception. What a table of the file has for one of the `inputs` stands in its place.

    Raises Unwritable where they don't stand by themselves.
    """
    whole_text = Path(inspect.getsourcefile(prop.function) or "").read_text(encoding="utf-8")
    tree = ast.parse(whole_text)
    text = textwrap.dedent(inspect.getsource(prop.function))
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    start = prop.function.__code__.co_firstlineno
    until = None if stopped is None else stopped - start + 1
    statements = list(_statements(function.body[1:], until))
    if not statements:
        raise Unwritable("a property without a call")
    looked_up = _LookedUp(_tables(tree), inputs)
    statements = [looked_up.visit(each) for each in statements]
    attributes = (node for node in _within(statements) if isinstance(node, ast.Attribute))
    asked = [node for node in attributes if _asks(node)]
    through = {id(node.value) for node in asked}
    whole = any(
        isinstance(node, ast.Name) and node.id == "impl" and id(node) not in through
        for node in _within(statements)
    )
    targets = tuple(node.attr for node in asked)
    if not whole:
        statements = [_Bare().visit(each) for each in statements]
    body = [_pasted(ast.unparse(ast.fix_missing_locations(each))) for each in statements]
    names = {node.id for node in _within(statements) if isinstance(node, ast.Name)}
    outside = _free(statements) - {*inputs, "device"}
    definitions, imports = _needed(tree, whole_text, outside)
    return Slice(tuple(body), definitions, imports, frozenset(names), targets, whole)


def _asks(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="impl")):
            return True
    return False


def _within(statements: list[ast.AST]) -> Iterator[ast.AST]:
    for each in statements:
        yield from ast.walk(each)


def _tables(tree: ast.Module) -> dict[str, dict[Any, ast.expr]]:
    """The dicts that a file writes out at its top, by name, with their plain keys."""
    return {
        name: {
            key.value: value
            for key, value in zip(keys, values, strict=True)
            if isinstance(key, ast.Constant)
        }
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for name in made(statement)
        for keys, values in [
            (statement.value.keys, statement.value.values)
            if isinstance(statement.value, ast.Dict)
            else ([], [])
        ]
    }


class _LookedUp(ast.NodeTransformer):
    """Puts what a table has for an input in place of the look-up."""

    def __init__(
        self, tables: Mapping[str, Mapping[Any, ast.expr]], inputs: Mapping[str, Any]
    ) -> None:
        self._tables, self._inputs = tables, inputs

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Subscript(value=ast.Name(id=table), slice=ast.Name(id=name)):
                key = self._inputs.get(name)
                if isinstance(key, str | int) and key in self._tables.get(table, {}):
                    return self._tables[table][key]
        return node


def _pasted(text: str) -> str:
    """A statement as it can be pasted at a prompt, where an empty line ends a block."""
    block = isinstance(ast.parse(text).body[-1], _BLOCKS)
    if block and '"""' not in text:
        text = "\n".join(line for line in text.split("\n") if line.strip())
    return f"{text}\n" if block else text


class _Bare(ast.NodeTransformer):
    """Takes `impl.` away from the names asked of it."""

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        self.generic_visit(node)
        return ast.copy_location(ast.Name(node.attr, node.ctx), node) if _asks(node) else node


def _statements(body: list[ast.stmt], until: int | None) -> Iterator[ast.AST]:
    """The statements without what holds to references, the value of `return` as an expression."""
    for statement in body:
        last = until is not None and statement.lineno <= until <= (statement.end_lineno or 0)
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name(id=name), args=[held, *_])) if (
                name in _HOLDING
            ):
                if last:
                    yield ast.Expr(held)
            case ast.Assert():
                pass
            case ast.With(items=[ast.withitem(context_expr=ast.Call(func=ast.Name(id=name)))]) if (
                name in _REFUSING
            ):
                yield from _statements(statement.body, until)
            case ast.Return(value=value):
                if value is not None:
                    yield ast.Expr(value)
            case ast.With(body=[*others, ast.Return(value=ast.expr() as value)]):
                kept = ast.Assign([ast.Name(_KEPT, ast.Store())], value)
                yield ast.With(statement.items, [*others, kept])
                if not last:
                    yield ast.Expr(ast.Name(_KEPT, ast.Load()))
            case _:
                if last and not isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign):
                    inner = [
                        node
                        for node in ast.walk(statement)
                        if isinstance(node, ast.Assert | ast.Return)
                    ]
                    if inner:
                        raise Unwritable("a loop that breaks off")
                yield statement
        if last:
            return


def _free(statements: Iterable[ast.AST]) -> set[str]:
    """The names that statements use and don't bind themselves."""
    used, bound = set(), set()
    for each in statements:
        for node in ast.walk(each):
            match node:
                case ast.Name(id=name, ctx=ast.Load()):
                    used.add(name)
                case ast.Name(id=name) | ast.arg(arg=name):
                    bound.add(name)
    return used - bound


def _needed(
    tree: ast.Module, text: str, names: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The definitions and imports of a file that `names` need, in order."""
    lines = text.splitlines()
    homes: dict[str, ast.stmt] = {}
    for statement in tree.body:
        for name in made(statement):
            homes[name] = statement
    wanted: dict[int, ast.stmt] = {}
    waiting, known = list(names), set(names)
    imported: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        needed = homes.get(name)
        match needed:
            case None:
                continue
            case ast.Import(names=aliases):
                for each in aliases:
                    if bound(each) == name:
                        imported[ast.unparse(ast.Import([each]))] = None
            case ast.ImportFrom(module=module, names=aliases, level=level):
                for each in aliases:
                    if bound(each) == name:
                        imported[ast.unparse(ast.ImportFrom(module, [each], level))] = None
            case _:
                if id(needed) in wanted:
                    continue
                wanted[id(needed)] = needed
                found = _free([needed]) - known
                known |= found
                waiting += found
    definitions = [
        _pasted("\n".join(lines[begins_at(each) - 1 : each.end_lineno]))
        for each in tree.body
        if id(each) in wanted
    ]
    return tuple(definitions), tuple(imported)
