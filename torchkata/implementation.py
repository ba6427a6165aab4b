"""A module under judgement: loaded under a stable name, held to the solution's signatures."""

import ast
import importlib
import inspect
import sys
import tokenize
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from io import BytesIO
from pathlib import Path
from typing import Any

from torchkata import stubs
from torchkata.guard import Guard, TimeLimit, TorchState
from torchkata.suite import Exercise


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """Why a file could not be loaded: a sentence, the line it is about, and the failing code."""

    sentence: str
    line: int
    detail: str = ""


class NotLoadable(Exception):
    """Raised with a LoadFailure by `load`."""

    def __init__(self, failure: LoadFailure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


class ContractBroken(Exception):
    """The module lacks a name that the exercise asks for, or has it with other parameters."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The public names of an exercise with the signatures that the solution gives them."""

    signatures: Mapping[str, inspect.Signature]
    classes: frozenset[str]

    @classmethod
    def of(cls, solution: types.ModuleType) -> "Contract":
        public = {
            name: value
            for name, value in vars(solution).items()
            if not name.startswith("_")
            and (inspect.isfunction(value) or inspect.isclass(value))
            and value.__module__ == solution.__name__
        }
        return cls(
            {name: inspect.signature(value) for name, value in public.items()},
            frozenset(name for name, value in public.items() if inspect.isclass(value)),
        )

    def breach(self, name: str, value: object) -> str | None:
        """What is wrong with `value` as the exercise's `name`; None where nothing is."""
        expected = self.signatures.get(name)
        if expected is None:
            return None
        if name in self.classes and not inspect.isclass(value):
            return f"{name} must be a class; it is {_described(value)}."
        if not callable(value):
            return f"{name} must be a function; it is {_described(value)}."
        try:
            actual = inspect.signature(value)
        except (TypeError, ValueError):
            return None  # a builtin without a signature: its calls will tell
        if _accepts(actual, expected):
            return None
        return f"{name} has other parameters: {name}{expected} expected, {name}{actual} found."


@dataclass(frozen=True)
class Implementation:
    """One module under judgement, and the code that counts as its own.

    `calls` lists what its functions returned, in order, as (name, value).
    """

    namespace: Mapping[str, Any]
    contract: Contract
    path: Path
    owns: Callable[[types.FrameType], bool]
    calls: list[tuple[str, Any]] = field(default_factory=list)

    @cached_property
    def view(self) -> "View":
        """What a property is given as `impl`."""
        return View(self)

    def checked(self, name: str) -> Any:
        """The public name `name`; ContractBroken where it is missing or has other parameters."""
        if name not in self.namespace:
            raise ContractBroken(self._absence(name))
        value = self.namespace[name]
        breach = self.contract.breach(name, value)
        if breach is not None:
            raise ContractBroken(breach)
        if not isinstance(value, types.FunctionType):
            return value

        @wraps(value)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            result = value(*args, **kwargs)
            self.calls.append((name, result))
            return result

        return recorded

    def _absence(self, name: str) -> str:
        kind = "class" if name in self.contract.classes else "function"
        sentence = f"There is no {kind} {name} in this file."
        others = [
            each
            for each, value in self.namespace.items()
            if callable(value)
            and getattr(value, "__module__", None) == self.namespace.get("__name__")
            and each not in self.contract.signatures
        ]
        return f"{sentence} Did you rename it to {others[0]}?" if len(others) == 1 else sentence


class View:
    """The public names of an implementation as attributes, each checked when first asked for."""

    def __init__(self, implementation: Implementation) -> None:
        self.__implementation = implementation

    def __getattr__(self, name: str) -> Any:
        value = self.__implementation.checked(name)
        setattr(self, name, value)
        return value


def of_module(module: types.ModuleType, contract: Contract, path: Path) -> Implementation:
    """The implementation that a loaded module is."""
    namespace = vars(module)
    return Implementation(namespace, contract, path, lambda frame: frame.f_globals is namespace)


def with_answer(
    solution: types.ModuleType, contract: Contract, name: str, answer: Any, path: Path
) -> Implementation:
    """The solution with one public name replaced by `answer`, which is defined in `path`."""
    top = answer.__qualname__.partition(".")[0]
    home = vars(sys.modules[answer.__module__])
    namespace = vars(solution)

    def owns(frame: types.FrameType) -> bool:
        if frame.f_globals is home:
            return frame.f_code.co_qualname.partition(".")[0] == top
        return frame.f_globals is namespace

    return Implementation({**namespace, name: answer}, contract, path, owns)


def solution_module(exercise: Exercise) -> types.ModuleType:
    """The exercise's solution, imported from the suite's root."""
    root = str(exercise.root)
    if root not in sys.path:
        sys.path.insert(0, root)
    return importlib.import_module(f"solutions.{exercise.topic}.{exercise.name}")


@dataclass(frozen=True)
class LearnerFile:
    """A file to judge, as it is when first read."""

    path: Path
    exercise: Exercise

    @cached_property
    def source(self) -> str:
        """Its text. Raises NotLoadable where it can't be read or decoded."""
        try:
            raw = self.path.read_bytes()
        except OSError as error:
            raise NotLoadable(LoadFailure(f"Can't be read: {error.strerror}.", 1)) from None
        try:
            encoding, _ = tokenize.detect_encoding(BytesIO(raw).readline)
            return raw.decode(encoding)
        except SyntaxError as error:
            raise NotLoadable(LoadFailure(f"Is not Python text: {error.msg}.", 1)) from None
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            sentence = (
                f"Is not {error.encoding.upper()} text: byte {raw[error.start]:#04x} in line {line} "
                "can't be decoded. Save the file as UTF-8."
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
            return stubs.untouched(self.source, stubs.stub_of(self.exercise))
        except NotLoadable:
            return frozenset()

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """Qualified name → line of its definition; empty where the file can't be read."""
        try:
            return stubs.definition_lines(self.source)
        except NotLoadable:
            return {}

    @property
    def is_begun(self) -> bool:
        """Whether any function differs from the stub's, or one of them is missing."""
        wanted = stubs.definition_lines(stubs.stub_of(self.exercise))
        return not wanted.keys() <= self.untouched


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
    try:
        guard.call(lambda: exec(code, vars(module)))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and guard.interrupted:
            raise
        raise NotLoadable(_import_failure(error, file, guard)) from None
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
    return LoadFailure(f"Has a syntax error: {error.msg}.", error.lineno or 1, detail)


def _import_failure(error: BaseException, file: LearnerFile, guard: Guard) -> LoadFailure:
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file.path):
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = file.source.splitlines()
    text = lines[line - 1].strip() if line <= len(lines) else ""
    match error:
        case TimeLimit():
            sentence = f"Is still running after {guard.limit:g} s when it is imported: a loop?"
        case SystemExit():
            sentence = f"Ends the process when it is imported: sys.exit({error.code!r})."
        case _:
            said = str(error)
            sentence = f"Raises {type(error).__name__} when it is imported{': ' if said else ''}"
            sentence += said if said.endswith((".", "!", "?")) else said + "."
    return LoadFailure(sentence, line, text)


def _line_of_call(source: str, change: str) -> int:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in change:
            return node.lineno
    return 1


def _described(value: object) -> str:
    return "a class" if inspect.isclass(value) else f"of type {type(value).__name__}"


def _accepts(actual: inspect.Signature, expected: inspect.Signature) -> bool:
    """Whether every call that `expected` allows binds alike to `actual`."""
    wanted = list(expected.parameters.values())
    fixed = [each for each in wanted if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]
    by_position = [each for each in fixed if each.kind is not each.KEYWORD_ONLY]
    by_name = {each.name: each.name for each in fixed if each.kind is each.KEYWORD_ONLY}
    required = [each for each in fixed if each.default is each.empty]
    try:
        whole = actual.bind(*(each.name for each in by_position), **by_name)
        actual.bind(
            *(each.name for each in required if each.kind is not each.KEYWORD_ONLY),
            **{each.name: each.name for each in required if each.kind is each.KEYWORD_ONLY},
        )
        named = [each for each in fixed if each.kind is not each.POSITIONAL_ONLY]
        first = [each.name for each in fixed if each.kind is each.POSITIONAL_ONLY]
        actual.bind(*first, **{each.name: each.name for each in named})
    except TypeError:
        return False
    # A parameter of the same name must also take the same place.
    return all(
        value == name
        for name, value in whole.arguments.items()
        if isinstance(value, str) and name in expected.parameters
    )
