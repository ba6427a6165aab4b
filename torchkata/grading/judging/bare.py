"""A test file as the worker gets it: what a property does, and nothing that tells what is right.

A student's code can read every object of its process, and every file that this one can. So the
references that properties hold results to, the misconceptions, and all that only they use stay with
the judge, which has the whole file.
"""

import ast
from collections.abc import Iterable

from torchkata.suite.syntax import bound, made

_OPTIONS = frozenset({"ban", "vectorized", "tolerance", "aliasing", "raises", "examples"})
_NOTHING = "_nothing"


def bare(source: str) -> str:
    """The source of a test file without references, strategies, misconceptions and their helpers.

    Every `assert_same(actual, expected, …)` is left as `assert_same(actual, None)`: to be recorded,
    not compared. The properties keep their names, order, sentences, targets and options.
    """
    tree = _WithoutReferences().visit(ast.parse(source))
    parts = [part for part in tree.body if not _is_misconception(part)]
    for part in parts:
        _drop_strategies(part)
    needed = _needed(parts)
    kept = [
        part
        for each in parts
        if each in needed
        for part in _only_used(each, _names(needed - {each}))
    ]
    begin = ast.parse(f"from hypothesis.strategies import nothing as {_NOTHING}").body
    module = ast.Module([*begin, *kept], [])
    return ast.unparse(ast.fix_missing_locations(module)) + "\n"


class _WithoutReferences(ast.NodeTransformer):
    """Takes the reference out of each call of assert_same."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="assert_same"), args=[ast.Starred(), *_]):
                raise ValueError(
                    f"line {node.lineno}: assert_same(*…) hides which is the reference"
                )
            case ast.Call(func=ast.Name(id="assert_same"), args=[actual, *_]):
                return ast.Call(node.func, [actual, ast.Constant(None)], [])
        return node


def _is_misconception(part: ast.stmt) -> bool:
    return _decorator(part, "misconception") is not None


def _decorator(part: ast.stmt, name: str) -> ast.Call | None:
    """The call of `name` among the decorators of a definition."""
    for each in getattr(part, "decorator_list", ()):
        match each:
            case ast.Call(func=ast.Name(id=found)) if found == name:
                return each
    return None


def _drop_strategies(part: ast.stmt) -> None:
    """Put strategies that draw nothing in the place of a property's own."""
    call = _decorator(part, "forall")
    if call is None:
        return
    nothing = ast.Call(ast.Name(_NOTHING, ast.Load()), [], [])
    call.args = [nothing for _ in call.args]
    call.keywords = [each for each in call.keywords if each.arg != "strata"]
    for keyword in call.keywords:
        if keyword.arg is None:
            raise ValueError(f"line {call.lineno}: forall(**…) hides which inputs there are")
        if keyword.arg not in _OPTIONS:
            keyword.value = nothing


def _needed(parts: Iterable[ast.stmt]) -> set[ast.stmt]:
    """The properties, and the statements that they need, directly or by way of others."""
    makers: dict[str, list[ast.stmt]] = {}
    for part in parts:
        for name in made(part):
            makers.setdefault(name, []).append(part)
    waiting = [part for part in parts if _decorator(part, "forall") is not None]
    needed: set[ast.stmt] = set()
    while waiting:
        part = waiting.pop()
        if part not in needed:
            needed.add(part)
            for name in _names([part]):
                waiting += makers.get(name, [])
    return needed


def _names(parts: Iterable[ast.stmt]) -> set[str]:
    """The names that statements read."""
    return {
        each.id
        for part in parts
        for each in ast.walk(part)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    }


def _only_used(part: ast.stmt, names: set[str]) -> list[ast.stmt]:
    """A statement; of an import only what is read."""
    if not isinstance(part, ast.Import | ast.ImportFrom):
        return [part]
    part.names = [alias for alias in part.names if bound(alias) in names]
    return [part]
