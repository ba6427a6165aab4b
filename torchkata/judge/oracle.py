"""The oracle of one exercise: what the solution and the misconceptions do with each input."""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from torchkata.judge import bank, implementation
from torchkata.judge.behaviour import asked_for, solution_problem
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Contract, Implementation
from torchkata.judge.trial import Witness, observe, operation_counts
from torchkata.properties import Misconception, Property, Specification, specification
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.stubs import definition_lines, stub_of
from torchkata.values.observation import Observation, Raised

_TRUSTED_LIMIT = 600.0


@dataclass(frozen=True)
class Subject:
    """What is judged: an implementation, and what is known of the file that it came from.

    `afresh` has the implementation anew while it is entered, with nothing kept from earlier calls.
    """

    implementation: Implementation
    lines: Mapping[str, int] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()
    source: str = ""
    afresh: Callable[[], AbstractContextManager[Implementation]] | None = None


class Oracle:
    """Knows what is right: the inputs of each property for a seed, and what must come of them.

    Everything is made once, when it is first asked for. A `witness` takes down what the properties
    hold to their references, for a judge who compares elsewhere.
    """

    def __init__(self, exercise: Exercise, seed: int, witness: Witness | None = None) -> None:
        self.exercise = exercise
        self._witness = witness
        self.guard = Guard(_TRUSTED_LIMIT)
        self._seed = seed
        self._banks: dict[str, list[dict[str, Any]]] = {}
        self._observed: dict[tuple[str, str, str], list[Observation]] = {}
        self._growing: dict[tuple[str, str, str], bool] = {}
        self._wrong: dict[str, Subject] = {}

    @cached_property
    def specification(self) -> Specification:
        return specification(self.exercise)

    @cached_property
    def stub(self) -> str:
        """The text of the exercise's stub."""
        return stub_of(self.exercise)

    @cached_property
    def solution_module(self) -> types.ModuleType:
        try:
            return implementation.solution_module(self.exercise)
        except Exception as error:
            path = self.exercise.solution_path
            raise SuiteError(f"{path}: {type(error).__name__}: {error}") from error

    @cached_property
    def contract(self) -> Contract:
        return Contract.of(self.solution_module)

    @cached_property
    def solution(self) -> Subject:
        path = self.exercise.solution_path
        return Subject(
            implementation.of_module(self.solution_module, self.contract, path),
            definition_lines(path.read_text(encoding="utf-8")),
        )

    def wrong_answer(self, mark: Misconception) -> Subject:
        """The solution with a misconception in place of what it is a misconception of."""
        if mark.name in self._wrong:
            return self._wrong[mark.name]
        if mark.of not in self.contract.signatures:
            raise SuiteError(
                f"{self.exercise.test_path}: misconception {mark.name} is of {mark.of!r}, which "
                f"the solution does not have; it has {', '.join(self.contract.signatures)}"
            )
        impl = implementation.with_answer(
            self.solution_module, self.contract, mark.of, mark.answer, self.exercise.test_path
        )
        is_function = isinstance(mark.answer, types.FunctionType)
        lines = {mark.of: mark.answer.__code__.co_firstlineno} if is_function else {}
        self._wrong[mark.name] = Subject(impl, lines)
        return self._wrong[mark.name]

    def preparation(self, devices: Sequence[str]) -> Iterator[None]:
        """Make, a step at a time, what every judgement needs: inputs, then what is expected."""
        specification = self.specification
        _ = self.solution, self.stub
        for prop in specification.properties:
            self.inputs(prop)
            yield
        for device in devices:
            for prop in specification.properties:
                self.expected(prop, device)
                yield
        for prop in specification.properties:
            for mark in specification.misconceptions:
                for device in devices:
                    if mark.of in prop.targets:
                        self.misconceived(mark, prop, device)
                        yield

    def inputs(self, prop: Property) -> list[dict[str, Any]]:
        """The property's inputs: its example bank, on the CPU."""
        if prop.name not in self._banks:
            self._banks[prop.name] = bank.draw(prop, self._seed)
        return self._banks[prop.name]

    def expected(self, prop: Property, device: str) -> list[Observation]:
        """What the solution does with each of the property's inputs."""
        key = (prop.name, device, "")
        if key not in self._observed:
            self._observed[key] = [self.expects(prop, each, device) for each in self.inputs(prop)]
        return self._observed[key]

    def expects(self, prop: Property, inputs: dict[str, Any], device: str) -> Observation:
        """What the solution does with one input. Raises SuiteError where it won't do."""
        impl = self.solution.implementation
        observation = observe(prop, impl, inputs, device, self.guard, witness=self._witness)
        problem = solution_problem(prop, observation)
        if problem is not None:
            raise SuiteError(
                f"{self.exercise.test_path}: {prop.name} on {device}: the solution {problem}"
            )
        return asked_for(prop, observation)

    def misconceived(
        self, mark: Misconception, prop: Property, device: str
    ) -> list[Observation] | None:
        """What a misconception does with the inputs; None where CUDA must not be asked.

        There an index out of range, which the CPU refuses, ends every later call.
        """
        key = (prop.name, device, mark.name)
        if key not in self._observed:
            if device == "cuda":
                on_cpu = self.misconceived(mark, prop, "cpu") or []
                if any(isinstance(each.outcome, Raised) for each in on_cpu):
                    return None
            subject = self.wrong_answer(mark)
            self._observed[key] = [
                _as_expected(
                    observe(
                        *(prop, subject.implementation, each, device, self.guard),
                        witness=self._witness,
                    )
                )
                for each in self.inputs(prop)
            ]
        return self._observed[key]

    def misconception_grows(self, mark: Misconception, prop: Property, device: str) -> bool:
        """Whether a misconception's operations grow with the size of a vectorized property."""
        key = (prop.name, device, mark.name)
        if key not in self._growing:
            impl = self.wrong_answer(mark).implementation
            few, many = operation_counts(prop, impl, device, self.guard)
            self._growing[key] = few != many
        return self._growing[key]


def _as_expected(observation: Observation) -> Observation:
    """The observation with what it gave to be checked in place of the references."""
    if not observation.checked:
        return observation
    checked = tuple(replace(each, reference=each.actual) for each in observation.checked)
    return replace(observation, checked=checked)
