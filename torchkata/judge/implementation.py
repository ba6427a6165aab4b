"""A module under judgement, held to the solution's signatures."""

import importlib
import inspect
import linecache
import re
import sys
import types
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import Any, Protocol

import torch

from torchkata.suite.curriculum import Exercise
from torchkata.values.observation import place_in_memory, tensors_in

_KEPT = 64

_SWITCHES = re.compile(
    r"\b(_disable_current_modes|_?pop_mode\w*|_pop_torch_\w+_stack|_unset_\w*mode\w*|"
    r"_?DisableTorch\w+|_disabled_torch_\w+|_ExcludeDispatchKeyGuard|_AutoDispatchBelow\w+)\b"
)
"""What ends or suspends the modes of torch that see each call."""


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
        return f"{name}{_bare(actual)} has other parameters than {name}{_bare(expected)}."


class Tape(Protocol):
    """Is told of each call of a function before it is made, and of its result."""

    def begin(self, name: str, value: Any, args: Any, kwargs: Any) -> None: ...
    def end(self, result: Any) -> None: ...


@dataclass(frozen=True)
class Implementation:
    """One module under judgement, and the code that counts as its own.

    `calls` lists its functions' calls in order, as (name, type of the result): the result itself
    must not be kept alive. `entries` are the frames that call into it, which stand for code without
    frames of its own: torch.jit.script, a partial of a builtin. `earlier` are the tensors that the
    latest trials came to, each with where its memory is, kept alive so that no other takes it.
    `hooked` are the arguments that a call has left a hook on, `moved` those that it has given
    another shape, other strides or other memory. A `tape` is told of each call.
    """

    namespace: Mapping[str, Any]
    contract: Contract
    path: Path
    owns: Callable[[types.FrameType], bool]
    calls: list[tuple[str, str]] = field(default_factory=list)
    entries: set[types.CodeType] = field(default_factory=set)
    hooked: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    earlier: deque[tuple[int, torch.Tensor]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    tape: Tape | None = None

    @cached_property
    def view(self) -> "View":
        """What a property is given as `impl`."""
        return View(self)

    @cached_property
    def switches(self) -> Mapping[str, int]:
        """The names in its file that switch off what watches torch, each with its first line."""
        found: dict[str, int] = {}
        for number, line in enumerate(linecache.getlines(str(self.path)), 1):
            for name in _SWITCHES.findall(line):
                found.setdefault(name, number)
        return found

    def runs(self, frame: types.FrameType) -> bool:
        """Whether a frame is the implementation's own, or calls into it."""
        return self.owns(frame) or frame.f_code in self.entries

    def checked(self, name: str) -> Any:
        """The public name `name`; ContractBroken where it is missing or has other parameters."""
        if name not in self.namespace:
            raise ContractBroken(self._absence(name))
        value = self.namespace[name]
        breach = self.contract.breach(name, value)
        if breach is not None:
            raise ContractBroken(breach)
        if not callable(value) or inspect.isclass(value):
            return value

        signature = self.contract.signatures.get(name)
        parameters = tuple(signature.parameters) if signature is not None else ()

        def recorded(*args: Any, **kwargs: Any) -> Any:
            if self.tape is not None:
                self.tape.begin(name, value, args, kwargs)
            named = {**dict(zip(parameters, args, strict=False)), **kwargs}
            before = [
                (path, tensor, _hooks(tensor), place_in_memory(tensor))
                for path, tensor in tensors_in(named)
            ]
            result = value(*args, **kwargs)
            self.calls.append((name, type(result).__name__))
            self.hooked.extend(path for path, each, count, _ in before if _hooks(each) > count)
            self.moved.extend(
                path for path, each, _, place in before if place_in_memory(each) != place
            )
            if self.tape is not None:
                self.tape.end(result)
            return result

        self.entries.add(recorded.__code__)
        return update_wrapper(recorded, value)

    def _absence(self, name: str) -> str:
        kind = "class" if name in self.contract.classes else "function"
        sentence = f"There is no {kind} {name} in this file."
        others = [
            each
            for each, value in self.namespace.items()
            if callable(value)
            and getattr(value, "__module__", None) == self.namespace.get("__name__")
            and each not in self.contract.signatures
            and inspect.isclass(value) == (name in self.contract.classes)
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
    # A class is written in its bases of the same file too.
    parts = answer.__mro__ if inspect.isclass(answer) else (answer,)
    tops = {
        each.__qualname__.partition(".")[0]
        for each in parts
        if each.__module__ == answer.__module__
    }
    home = vars(sys.modules[answer.__module__])
    namespace = vars(solution)

    def owns(frame: types.FrameType) -> bool:
        if frame.f_globals is home:
            return bool(frame.f_code.co_qualname.partition(".")[0] in tops)
        return frame.f_globals is namespace

    return Implementation({**namespace, name: answer}, contract, path, owns)


def solution_module(exercise: Exercise) -> types.ModuleType:
    """The exercise's solution, imported from the suite's root."""
    root = str(exercise.root)
    if root not in sys.path:
        sys.path.insert(0, root)
    return importlib.import_module(f"solutions.{exercise.topic}.{exercise.name}")


def _hooks(tensor: torch.Tensor) -> int:
    return len(tensor._backward_hooks or ())


def _bare(signature: inspect.Signature) -> inspect.Signature:
    """A signature without its type hints."""
    parameters = [
        each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()
    ]
    return signature.replace(parameters=parameters, return_annotation=inspect.Signature.empty)


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
