"""What a test file is written with: properties, misconceptions, references."""

import ast
import inspect
import sys
import textwrap
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import numpy as np
import torch
from hypothesis import strategies as hypothesis_strategies
from hypothesis.strategies import SearchStrategy

from torchkata.suite.curriculum import SuiteError
from torchkata.values.difference import Difference, Tolerance
from torchkata.values.observation import seen
from torchkata.values.pairs import compare_values
from torchkata.values.watchers import watching

EXAMPLES = 30

_ARRAYS = frozenset(
    {
        *("array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "empty"),
        *("zeros", "arange", "fromiter", "frombuffer", "fromstring", "fromfile", "from_dlpack"),
    }
)
"""The functions that numpy makes arrays with, by way of others as well."""

_WITHOUT_ARRAYS = ("broadcast_shapes", "_broadcast_shape")
"""Functions of numpy that take and give shapes alone, though they make arrays for it."""

Answer = TypeVar("Answer", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Property:
    """A sentence about an implementation, the inputs to try it on, and the function that looks.

    `drawn` are the strategies of the inputs that do not depend on others, by name. `strata` are the
    cases, by name, of which every bank holds some. `targets` are the names of `impl` that the
    function uses. `vectorized` gives inputs of a size.
    """

    name: str
    sentence: str
    function: Callable[..., Any]
    inputs: SearchStrategy[dict[str, Any]]
    drawn: Mapping[str, SearchStrategy[Any]]
    strata: Mapping[str, SearchStrategy[dict[str, Any]]]
    targets: tuple[str, ...]
    ban: tuple[Any, ...]
    vectorized: Callable[[int], dict[str, Any]] | None
    tolerance: Tolerance | None
    aliasing: bool
    raises: type[Exception] | None
    examples: int
    wants_device: bool

    def arguments(self, given: dict[str, Any], device: str) -> dict[str, Any]:
        """What its function takes besides `impl`: inputs placed on a device, and that device."""
        return {**given, "device": torch.device(device)} if self.wants_device else given

    def line(self, lines: Mapping[str, int]) -> int:
        """The line of the first of its targets that a file has, of those in `lines`."""
        return next((lines[name] for name in self.targets if name in lines), 1)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong answer that learners really write, and the sentence that sets it right."""

    name: str
    of: str
    says: str
    answer: Any
    stub: bool


class Invariant(AssertionError):
    """A sentence that the engine asserts for a property: it is the verdict."""


class ReferenceDiffers(Invariant):
    """What an implementation returned is not what an independent reference gives."""

    def __init__(
        self, difference: Difference, expected: Any, actual: Any, tolerance: Tolerance | None
    ) -> None:
        super().__init__(difference.sentence)
        self.reference = expected, actual, tolerance


def forall(
    joint: SearchStrategy[dict[str, Any]] | None = None,
    /,
    *,
    ban: Sequence[Any] = (),
    vectorized: Callable[[int], dict[str, Any]] | None = None,
    tolerance: Tolerance | None = None,
    aliasing: bool = False,
    raises: type[Exception] | None = None,
    examples: int = EXAMPLES,
    strata: Mapping[str, Any] | None = None,
    **inputs: SearchStrategy[Any],
) -> Callable[[Callable[..., Any]], Property]:
    """Make a function `test_…(impl, …)` a property that holds for all inputs.

    Each further parameter takes its name from a strategy in `inputs`, or from a key of the dicts
    that `joint` draws, for inputs that depend on each other. A parameter `device` is given the
    torch.device. The docstring is the sentence that a learner reads when the property fails.

    `ban` lists operations that the implementation must do without, as functions of torch
    (`torch.max` also bans the method) or aten operations (`torch.ops.aten.gather`).
    `vectorized` maps a size to inputs: the number of operations must not grow with it.
    `tolerance` is (rtol, atol) in place of the dtype's own. `aliasing` compares what shares memory.
    `raises` says that the solution refuses all these inputs with that exception.
    `strata` names the cases that decide, so that no bank misses one by chance. Each is a dict of
    strategies, or a strategy of dicts, for some of the inputs; the others are drawn as ever. Of an
    input that is sampled from some values, no bank misses one either.

    Raises SuiteError, naming the function, where these don't fit together.
    """

    def decorate(function: Callable[..., Any]) -> Property:
        where = f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}"
        name = function.__name__
        parameters = list(inspect.signature(function).parameters)
        if not name.startswith("test_") or parameters[:1] != ["impl"]:
            raise SuiteError(f"{where}: {name} must be called test_… and take `impl` first")
        sentence = inspect.cleandoc(function.__doc__ or "")
        if not sentence:
            raise SuiteError(f"{where}: {name} has no docstring: it is what a learner reads")
        wanted = [each for each in parameters[1:] if each != "device"]
        if joint is None and sorted(inputs) != sorted(wanted):
            raise SuiteError(
                f"{where}: {name} takes {wanted}, and @forall gives {sorted(inputs)}: "
                "they must have the same names"
            )
        for key, strategy in inputs.items():
            if not isinstance(strategy, SearchStrategy):
                raise SuiteError(f"{where}: {key}={strategy!r} is not a strategy; use st.just(…)")
        targets = _targets(function)
        if not targets:
            raise SuiteError(f"{where}: {name} never uses impl.…, so there is nothing to judge")
        # Not fixed_dictionaries: that draws the order of the keys too, and so wastes examples.
        drawn: SearchStrategy[dict[str, Any]] = hypothesis_strategies.builds(dict, **inputs)
        if joint is not None:
            drawn = hypothesis_strategies.builds(_merged, joint, drawn)
        cases = {
            case: hypothesis_strategies.builds(
                _merged, drawn, _case(given, case, wanted, f"{where}: {name}")
            )
            for case, given in (strata or {}).items()
        }
        return Property(
            name=name.removeprefix("test_"),
            sentence=" ".join(sentence.split()),
            function=function,
            inputs=drawn,
            drawn=inputs,
            strata=cases,
            targets=targets,
            ban=tuple(ban),
            vectorized=vectorized,
            tolerance=tolerance,
            aliasing=aliasing,
            raises=raises,
            examples=examples,
            wants_device="device" in parameters,
        )

    return decorate


def misconception(*, of: str, says: str, stub: bool = False) -> Callable[[Answer], Answer]:
    """Mark a function or class as a wrong answer that stands in for the exercise's `of`.

    `says` sets it right in a sentence without giving the answer away. `stub=True` marks the one
    whose body the stub of a `fix_…` exercise holds.
    """

    def decorate(answer: Answer) -> Answer:
        mark = Misconception(answer.__name__, of, " ".join(says.split()), answer, stub)
        answer.__misconception__ = mark  # type: ignore[attr-defined]  # read back by `specification`
        return answer

    return decorate


_witness: Callable[[Any, Any, Tolerance | None], None] | None = None


@contextmanager
def witnessed(witness: Callable[[Any, Any, Tolerance | None], None] | None) -> Iterator[None]:
    """Give what `assert_same` is called with to `witness`, where there is one, to compare later.

    Grading does so: the student's process must not judge.
    """
    global _witness
    before, _witness = _witness, witness
    try:
        yield
    finally:
        _witness = before


def assert_same(actual: Any, expected: Any, tolerance: Tolerance | None = None) -> None:
    """Inside a property: hold what the implementation gave to an independent reference.

    Compares type, shape, dtype, device and values, without broadcasting. What is raised becomes
    the verdict. Compute `expected` after the last call into the implementation: in grading, code
    that can look at the frames above its own must not find the answer there.
    """
    if _witness is not None:
        _witness(actual, expected, tolerance)
        return
    want, got = seen(expected), seen(actual)
    difference = compare_values(want, got, tolerance)
    if difference is not None:
        raise ReferenceDiffers(difference, want, got, tolerance)


class NoOperations:
    """Inside a property: refuse what makes, reads or changes a tensor or a numpy array.

    Use it as a context manager. `sentence` becomes the verdict. `also` lists functions that are
    refused as well, of those that are written in Python.
    """

    def __init__(self, sentence: str, *also: Callable[..., Any]) -> None:
        self._sentence = sentence
        self._codes = {inspect.unwrap(each).__code__ for each in also}
        self._refused = False
        self._leave = ExitStack()

    def __enter__(self) -> "NoOperations":
        with ExitStack() as undo:
            undo.enter_context(watching(self))
            # No mode sees numpy: the interpreter tells of each call.
            undo.callback(_profile_with, sys.getprofile())
            sys.setprofile(self._called)
            self._leave = undo.pop_all()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._leave.close()
        # The code may have caught what was raised.
        if self._refused and not isinstance(error, Invariant):
            raise Invariant(self._sentence)

    def function_called(self, function: Any) -> None:
        if getattr(function, "__name__", "") == "tolist":
            self._refuse()

    def operation_called(self, operation: Any) -> None:
        schema = operation._schema
        if any("Tensor" in str(each.type) for each in (*schema.arguments, *schema.returns)):
            self._refuse()

    def _called(self, frame: types.FrameType, event: str, told: Any) -> None:
        code = frame.f_code
        if event == "call":
            if code in self._codes:
                self._refuse()
        elif event == "c_call":
            if code.co_qualname.startswith(_WITHOUT_ARRAYS) and _is_numpys(frame):
                return
            home = str(getattr(told, "__module__", None)).partition(".")[0]
            made = home == "numpy" and told.__name__ in _ARRAYS
            if made or isinstance(getattr(told, "__self__", None), np.ndarray):
                self._refuse()

    def _refuse(self) -> NoReturn:
        self._refused = True
        raise Invariant(self._sentence)


def _profile_with(profiler: Any) -> None:
    """Let the profiler that was there before go on.

    That of cProfile is no function before Python 3.12, but sets itself.
    """
    if profiler is None or callable(profiler):
        sys.setprofile(profiler)
    else:
        sys.setprofile(None)
        getattr(profiler, "enable", lambda: None)()


def _is_numpys(frame: types.FrameType) -> bool:
    return str(frame.f_globals.get("__name__")).partition(".")[0] == "numpy"


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    return {**first, **second}


def _case(
    given: Any, case: str, wanted: Sequence[str], where: str
) -> SearchStrategy[dict[str, Any]]:
    """The strategy of a stratum's inputs. Raises SuiteError where it can't be one."""
    if isinstance(given, SearchStrategy):
        return given.map(lambda drawn: _of_those(drawn, case, wanted, where))
    if not isinstance(given, Mapping) or not all(
        isinstance(each, SearchStrategy) for each in given.values()
    ):
        raise SuiteError(f"{where}: stratum {case!r} must be a dict of strategies, or one of dicts")
    return hypothesis_strategies.builds(dict, **_of_those(given, case, wanted, where))


def _of_those(
    given: Mapping[str, Any], case: str, wanted: Sequence[str], where: str
) -> dict[str, Any]:
    others = [key for key in given if key not in wanted]
    if others or not given:
        named = ", ".join(map(repr, others)) or "nothing"
        raise SuiteError(f"{where}: stratum {case!r} gives {named}; it must give some of {wanted}")
    return dict(given)


def _targets(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names that a property's source asks of `impl`, in order."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    names: dict[str, None] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="impl"), attr=name):
                names[name] = None
    return tuple(names)
