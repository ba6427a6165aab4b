"""What the syntax tree of a file tells: the names that a statement makes, what is a function's."""

import ast
from collections.abc import Iterator, Sequence


def made(statement: ast.stmt) -> set[str]:
    """The names that a statement at the top of a module makes."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return {bound(alias) for alias in aliases}
        case ast.Assign(targets=targets):
            # And not the value: what a comprehension makes there is its own.
            within: Sequence[ast.AST] = targets
        case ast.AnnAssign(target=target):
            within = [target]
        case _:
            within = [statement]
    return {
        each.id
        for target in within
        for each in ast.walk(target)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def bound(alias: ast.alias) -> str:
    """The name that an import makes."""
    return alias.asname or alias.name.partition(".")[0]


def begins_at(statement: ast.stmt) -> int:
    """The line at which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes within one, without those of the functions and classes in it."""
    for each in ast.iter_child_nodes(node):
        yield each
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield from own_nodes(each)


def without_docstring(source: str) -> str:
    """The text of a module from behind its docstring."""
    body = ast.parse(source).body
    match body:
        case [ast.Expr(value=ast.Constant(value=str()), end_lineno=int(last)), *_]:
            return "\n".join(source.split("\n")[last:]).lstrip("\n")
    return source
