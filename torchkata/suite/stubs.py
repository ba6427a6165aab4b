"""Stubs: what a learner starts from, generated from the solution and compared with it.

Everything here reads source text; nothing is imported or run.
"""

import ast
import difflib
import tokenize
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.syntax import begins_at

NOT_WRITTEN = "raise NotImplementedError"
RESERVED = ("HINTS", "TAKE_ALONG", "APPROACH")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class _Source:
    """A parsed file and its lines, from which segments are cut as they were written."""

    path: Path
    tree: ast.Module
    lines: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> "_Source":
        try:
            text = path.read_text(encoding="utf-8")
            return cls(path, ast.parse(text), tuple(text.split("\n")))
        except OSError as error:
            raise SuiteError(f"{path}: can't be read: {error.strerror}") from None
        except (SyntaxError, UnicodeDecodeError) as error:
            raise SuiteError(f"{path}: is not valid Python: {error}") from None

    def cut(self, first: int, last: int) -> str:
        """Lines `first` to `last`, both counted from 1 and included."""
        return "\n".join(self.lines[first - 1 : last])

    def segment(self, node: ast.stmt) -> str:
        assert node.end_lineno is not None
        return self.cut(begins_at(node), node.end_lineno)


def stub_of(exercise: Exercise) -> str:
    """The text of an exercise's stub.

    It is the solution's docstring, imports, public constants, signatures and docstrings. Each body
    becomes `raise NotImplementedError`, or that of the misconception which is marked as the stub.
    """
    source = _Source.read(exercise.solution_path)
    bodies = _marked_bodies(exercise.test_path)
    heads: list[str] = []
    definitions: list[str] = []
    for node in source.tree.body:
        if isinstance(node, Definition):
            if not node.name.startswith("_"):
                definitions.append(_without_body(source, node, node.name, bodies))
        elif _is_kept(node):
            text = source.segment(node)
            joined = heads and isinstance(node, ast.Import | ast.ImportFrom)
            if joined and not _gap_above(source, node):
                heads[-1] += "\n" + text
            else:
                heads.append(text)
    return "\n\n\n".join(["\n\n".join(heads), *definitions]).lstrip("\n") + "\n"


def write_stub(exercise: Exercise) -> bool:
    """Write the exercise's stub where it differs from what is there; True where it did."""
    text = stub_of(exercise)
    path = exercise.stub_path
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def stub_difference(exercise: Exercise) -> str:
    """A unified diff from the generated stub to the file in exercises/; empty where equal."""
    path = exercise.stub_path
    there = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return "".join(
        difflib.unified_diff(
            stub_of(exercise).splitlines(keepends=True),
            there.splitlines(keepends=True),
            "generated from the solution",
            str(path.relative_to(exercise.root)),
        )
    )


def untouched(source: str, stub: str) -> frozenset[str]:
    """The qualified names of the functions, methods and classes that are still the stub's.

    Docstrings and comments don't count. Empty where `source` doesn't parse.
    """
    try:
        theirs = dict(_definitions(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    ours = _of_stub(stub)
    return frozenset(name for name, dump in theirs.items() if ours.get(name) == dump)


def names_of(stub: str) -> Set[str]:
    """The qualified names of a stub's functions, methods and classes."""
    return _of_stub(stub).keys()


@lru_cache(maxsize=256)
def _of_stub(stub: str) -> Mapping[str, str]:
    """The definitions of a stub, with which many files are compared."""
    return dict(_definitions(ast.parse(stub)))


def public_names(path: Path) -> tuple[str, ...]:
    """The public functions and classes that a file defines, in its order."""
    tree = _Source.read(path).tree
    return tuple(
        node.name
        for node in tree.body
        if isinstance(node, Definition) and not node.name.startswith("_")
    )


def definition_lines(source: str) -> dict[str, int]:
    """Qualified name → the line of its `def` or `class`; empty where `source` doesn't parse."""
    try:
        return {name: node.lineno for name, node in walk(ast.parse(source))}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def reserved_texts(exercise: Exercise, name: str) -> tuple[str, ...]:
    """The strings of one of the solution's RESERVED names; empty where it hasn't that name."""
    for node in _Source.read(exercise.solution_path).tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                texts = ast.literal_eval(value)
                return (texts,) if isinstance(texts, str) else tuple(texts)
    return ()


def reference_of(exercise: Exercise) -> str:
    """The text of an exercise's solution without the assignments to RESERVED names.

    Raises SuiteError where the solution can't be read.
    """
    source = _Source.read(exercise.solution_path)
    lines = list(source.lines)
    for node in reversed(source.tree.body):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in RESERVED:
                first, last = node.lineno - 1, node.end_lineno
                # The blank lines above go with it, or they would be left at the end.
                while first > 0 and not lines[first - 1].strip():
                    first -= 1
                del lines[first:last]
    return "\n".join(lines).strip("\n") + "\n"


def walk(tree: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, Definition]]:
    """The functions, methods and classes of a file by their qualified names."""
    for node in tree.body:
        if isinstance(node, Definition):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from walk(node, f"{prefix}{node.name}.")


def _definitions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for name, node in walk(tree):
        for each in ast.walk(node):
            if isinstance(each, Definition) and ast.get_docstring(each, clean=False) is not None:
                each.body = each.body[1:]
        yield name, ast.dump(node)


def _is_kept(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return not name.startswith("_") and name not in RESERVED
    return False


def _gap_above(source: _Source, node: ast.stmt) -> bool:
    return node.lineno >= 2 and not source.lines[node.lineno - 2].strip()


def _without_body(source: _Source, node: Definition, name: str, bodies: dict[str, str]) -> str:
    documented = ast.get_docstring(node, clean=False) is not None
    if documented:
        head = source.cut(begins_at(node), node.body[0].end_lineno or node.lineno)
    else:
        line, column = _signature_end(source, node)
        head = source.cut(begins_at(node), line)
        head = head[: len(head) - len(source.lines[line - 1]) + column]
    if not isinstance(node, ast.ClassDef):
        body = bodies.get(name, NOT_WRITTEN)
        indent = " " * (node.col_offset + 4)
        return head + "\n" + "\n".join(indent + line if line else "" for line in body.split("\n"))
    parts = [head]
    for member in node.body[1 if documented else 0 :]:
        if isinstance(member, Definition):
            if not member.name.startswith("_") or member.name.endswith("__"):
                qualified = f"{name}.{member.name}"
                parts.append(_without_body(source, member, qualified, bodies))
        elif _is_kept(member):
            parts.append(source.segment(member))
    if len(parts) == 1 and not documented:
        return head + "\n" + " " * (node.col_offset + 4) + "pass"
    return "\n\n".join(parts)


def _signature_end(source: _Source, node: Definition) -> tuple[int, int]:
    """The line and column behind the colon that ends a definition's signature."""
    depth = 0
    for token in tokenize.generate_tokens(
        iter(f"{each}\n" for each in source.lines[node.lineno - 1 :]).__next__
    ):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and depth == 0:
                break
    return node.lineno - 1 + token.end[0], token.end[1]


def _marked_bodies(test_path: Path) -> dict[str, str]:
    """Qualified name → dedented body, from the misconception marked `stub=True`, if any."""
    source = _Source.read(test_path)
    bodies: dict[str, str] = {}
    for node in source.tree.body:
        target = _stub_target(node)
        if target is None:
            continue
        assert isinstance(node, Definition)
        if isinstance(node, ast.ClassDef):
            for name, member in walk(node):
                if not isinstance(member, ast.ClassDef):
                    bodies[f"{target}.{name}"] = _body(source, member)
        else:
            bodies[target] = _body(source, node)
    return bodies


def _stub_target(node: ast.stmt) -> str | None:
    """The name that `@misconception(of=…, stub=True)` on this node replaces."""
    for decorator in getattr(node, "decorator_list", []):
        match decorator:
            case ast.Call(func=ast.Name(id="misconception"), keywords=keywords):
                given = {word.arg: word.value for word in keywords}
                match given.get("stub"), given.get("of"):
                    case ast.Constant(value=True), ast.Constant(value=str(target)):
                        return target
    return None


def _body(source: _Source, node: Definition) -> str:
    statements = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    end = statements[-1].end_lineno
    assert end is not None
    first = begins_at(statements[0])
    indent = statements[0].col_offset
    return "\n".join(line[indent:] for line in source.lines[first - 1 : end])
