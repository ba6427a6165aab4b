"""Slips of the pen that Python lets pass: seen in a file's text, not in what it does."""

import ast
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from torchkata.suite.syntax import own_nodes

Function = ast.FunctionDef | ast.AsyncFunctionDef


def slip(source: str, names: Sequence[str]) -> str | None:
    """What is probably not meant about the first of the functions that has a slip; or None."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for name in names:
        defined = [each for each in tree.body if _is_function(each, name)]
        if len(defined) > 1:
            lines = [str(each.lineno) for each in defined]
            listed = f"{', '.join(lines[:-1])} and {lines[-1]}"
            return f"{name} is defined in lines {listed}: only the last one counts."
        for function in defined:
            inner = [each for each in ast.walk(function) if _is_function(each, name)][1:]
            if inner and not any(_calls_itself(function, name)):
                return (
                    f"{name} is defined once more inside itself, in line {inner[0].lineno}: the "
                    "inner one is never called. Move its lines out, or leave one `def` away."
                )
            if not any(_returns(function)) and (line := next(_prints(function), None)):
                return (
                    f"{name} prints in line {line}, and gives nothing back: the caller gets what "
                    "stands after `return`."
                )
    return None


def _is_function(node: ast.AST, name: str) -> TypeGuard[Function]:
    return isinstance(node, Function) and node.name == name


def _returns(function: ast.AST) -> Iterator[bool]:
    """One item for each value that the function itself gives back."""
    for node in own_nodes(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield True
        if isinstance(node, ast.Yield | ast.YieldFrom):
            yield True


def _calls_itself(function: ast.AST, name: str) -> Iterator[bool]:
    for node in own_nodes(function):
        if isinstance(node, ast.Name) and node.id == name:
            yield True


def _prints(function: ast.AST) -> Iterator[int]:
    for node in own_nodes(function):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield node.lineno
