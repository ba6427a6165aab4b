"""A learner's file: read, parsed, and run as a module under a stable, importable name."""

import ast
import hashlib
import sys
import tokenize
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from torchkata.judge.clock import TimeLimit
from torchkata.judge.guard import Exited, Guard, TorchState
from torchkata.suite import stubs


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """Why a file could not be loaded: a sentence, the line it is about, and the failing code.

    `error` is the class and the message of an exception that importing it raised. `timed_out` is
    set where time ran out.
    """

    sentence: str
    line: int
    detail: str = ""
    error: tuple[str, str] | None = None
    timed_out: bool = False


class NotLoadable(Exception):
    """Raised with a LoadFailure by `load`."""

    def __init__(self, failure: LoadFailure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


@dataclass(frozen=True)
class LearnerFile:
    """A file to judge, as it is when first read, and the text of its exercise's stub.

    It has the bytes `given`, or else those that are found at `path`.
    """

    path: Path
    stub: str
    given: bytes | None = None

    @cached_property
    def raw(self) -> bytes:
        """Its bytes. Raises NotLoadable where they can't be read."""
        if self.given is not None:
            return self.given
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise NotLoadable(LoadFailure(f"Can't be read: {error.strerror}.", 1)) from None

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal; empty where they can't be read."""
        try:
            return hashlib.sha256(self.raw).hexdigest()
        except NotLoadable:
            return ""

    @cached_property
    def source(self) -> str:
        """Its text. Raises NotLoadable where it can't be read or decoded."""
        raw = self.raw
        try:
            encoding, _ = tokenize.detect_encoding(BytesIO(raw).readline)
            return raw.decode(encoding)
        except SyntaxError as error:
            raise NotLoadable(LoadFailure(f"Is not Python text: {error.msg}.", 1)) from None
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            sentence = (
                f"Is not {error.encoding.upper()} text: byte {raw[error.start]:#04x} in line "
                f"{line} can't be decoded. Save the file as UTF-8."
            )
            raise NotLoadable(LoadFailure(sentence, line)) from None

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """What keeps it from being parsed at all, if anything does."""
        try:
            ast.parse(self.source)
        except NotLoadable as error:
            return (error.failure.sentence,)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return (str(error),)
        return ()

    @cached_property
    def untouched(self) -> frozenset[str]:
        """The names that are still as in the stub; empty where the file can't be read."""
        try:
            return stubs.untouched(self.source, self.stub)
        except NotLoadable:
            return frozenset()

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """Qualified name → line of its definition; empty where the file can't be read."""
        try:
            return stubs.definition_lines(self.source)
        except NotLoadable:
            return {}

    def unbegun(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of `names` that are still as in the stub."""
        return tuple(name for name in names if name in self.untouched)

    @cached_property
    def is_begun(self) -> bool:
        """Whether any function differs from the stub's, or one of them is missing."""
        return not stubs.names_of(self.stub) <= self.untouched

    def waits_for(self, names: Iterable[str]) -> tuple[str, ...]:
        """What keeps a property that needs `names` from being tried; empty where nothing does."""
        if not self.is_begun:
            return ("a beginning",)
        return self.unbegun(names) or self.unreadable


_has_run = False


def has_run() -> bool:
    """Whether this process has run any learner's code: it may have changed what all call."""
    return _has_run


def load(file: LearnerFile, name: str, guard: Guard) -> types.ModuleType:
    """Run a learner's file as the module `name` and leave it in sys.modules under that name.

    Raises NotLoadable for anything that keeps it from loading, or that it changes for others.
    """
    source = file.source
    try:
        code = compile(source, str(file.path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise NotLoadable(_syntax_failure(error)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        sentence = f"Can't be compiled: {error or type(error).__name__}."
        raise NotLoadable(LoadFailure(sentence, 1)) from None
    module = types.ModuleType(name)
    module.__file__ = str(file.path)
    sys.modules[name] = module
    before = TorchState.now()
    global _has_run
    _has_run = True
    try:
        guard.call(lambda: exec(code, vars(module)), lambda frame: frame.f_globals is vars(module))
    except BaseException as error:
        if guard.is_interrupt(error):
            raise
        raise NotLoadable(_import_failure(error, file)) from None
    finally:
        changes = TorchState.now().changes(before)
        before.restore()
    if changes:
        raise NotLoadable(
            LoadFailure(
                f"Changes torch for everyone when it is imported: {changes[0]}. "
                "Remove that line, or put the setting back.",
                _line_of_call(source, changes[0]),
            )
        )
    return module


def _syntax_failure(error: SyntaxError) -> LoadFailure:
    detail = ""
    if error.text:
        text = error.text.rstrip("\n")
        indent = len(text) - len(text.lstrip())
        detail = text.strip()
        if error.offset is not None and error.offset > indent:
            detail += "\n" + " " * (error.offset - 1 - indent) + "^"
    sentence = f"Has a syntax error: {error.msg}."
    if detail.startswith(("!", "%")):
        sentence = (
            f"Has a line of a notebook: {detail.split()[0]} is no Python. Leave the line out, and "
            "install what is needed in a terminal."
        )
    return LoadFailure(sentence, error.lineno or 1, detail)


def _import_failure(error: BaseException, file: LearnerFile) -> LoadFailure:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file.path):
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = file.source.splitlines()
    text = lines[line - 1].strip() if line <= len(lines) else ""
    raised = None
    match error:
        case TimeLimit():
            sentence = f"Importing it was {error}"
        case SystemExit():
            sentence = f"Ends the process when it is imported: sys.exit({error.code!r})."
        case Exited():
            sentence = f"Ends the process when it is imported: {error}."
        case _:
            said = str(error)
            sentence = f"Raises {type(error).__name__} when it is imported{': ' if said else ''}"
            sentence += said if said.endswith((".", "!", "?")) else said + "."
            raised = type(error).__name__, said
    return LoadFailure(sentence, line, text, raised, isinstance(error, TimeLimit))


def _line_of_call(source: str, change: str) -> int:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in change:
            return node.lineno
    return 1
