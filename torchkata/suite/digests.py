"""Digests of what exercises rest on: where one is the same, what was made from it holds."""

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from torchkata.suite.curriculum import Exercise

_ENGINE = Path(__file__).parents[1]
_OWN = ("solutions", "tests")
_MAY_IMPORT = re.compile(rb"\b(?:solutions|tests)\b|\bfrom\s*\.")
"""Stands in each file that imports from the suite. Most don't, and to parse one takes long."""


def digest(parts: Iterable[bytes]) -> str:
    """A SHA-256 of some bytes, in hexadecimal: another one where they are divided otherwise."""
    whole = hashlib.sha256()
    for each in parts:
        whole.update(hashlib.sha256(each).digest())
    return whole.hexdigest()


@cache
def engine_digest(*parts: str) -> str:
    """A digest of the engine's source: of all of it, or of some of its packages and modules."""
    files: set[Path] = set()
    for part in parts or (".",):
        place = _ENGINE / part
        files |= set(place.rglob("*.py")) if place.is_dir() else {place.with_suffix(".py")}
    named = ((each.relative_to(_ENGINE).as_posix().encode(), each) for each in sorted(files))
    return digest(part for name, each in named for part in (name, each.read_bytes()))


def exercise_files(exercise: Exercise) -> tuple[Path, ...]:
    """The test file, the solution, and what they import from the suite, directly or not.

    Raises OSError where one of the two can't be read.
    """
    found: dict[Path, None] = {}
    waiting = [exercise.test_path, exercise.solution_path]
    while waiting:
        path = waiting.pop(0)
        if path not in found:
            found[path] = None
            waiting += _imported(exercise.root, path, path.read_bytes())
    return tuple(found)


def files_digest(exercise: Exercise) -> str:
    """A digest of `exercise_files`. Raises OSError."""
    root = exercise.root
    files = exercise_files(exercise)
    return digest(
        part
        for each in files
        for part in (each.relative_to(root).as_posix().encode(), each.read_bytes())
    )


@cache
def libraries() -> tuple[str, ...]:
    """The versions of what inputs and observations rest on."""
    return tuple(f"{name} {_version(name)}" for name in ("torch", "numpy", "hypothesis"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _imported(root: Path, path: Path, source: bytes) -> Iterator[Path]:
    """The files of the suite that a file imports; none of one that is no Python."""
    if not _MAY_IMPORT.search(source):
        return
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    package = path.relative_to(root).parent.parts
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [tuple(each.name.split(".")) for each in names]
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else ()
                base = (*above, *(module.split(".") if module else ()))
                modules = [base, *((*base, each.name) for each in names)]
            case _:
                continue
        for parts in modules:
            if parts[:1] and parts[0] in _OWN:
                place = root.joinpath(*parts)
                yield from filter(Path.is_file, (place.with_suffix(".py"), place / "__init__.py"))
