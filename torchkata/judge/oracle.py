"""The oracle of one exercise: what the solution and the misconceptions do with each input."""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from torchkata.judge import bank, implementation
from torchkata.judge.answer_key import AnswerKey
from torchkata.judge.behaviour import alike, asked_for, solution_problem
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Contract, Implementation
from torchkata.judge.specification import Specification, specification
from torchkata.judge.trial import Witness, observe, operation_counts
from torchkata.properties import Misconception, Property
from torchkata.suite.cache import Cache
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
    afresh: Callable[[Guard], AbstractContextManager[Implementation]] | None = None


class Oracle:
    """Knows what is right: the inputs of each property for a seed, and what must come of them.

    Everything is made once, when it is first asked for, or was made before and is taken from the
    answer key in the `cache`. A `witness` takes down what the properties hold to their references,
    for a judge who compares elsewhere.
    """

    def __init__(
        self,
        exercise: Exercise,
        seed: int,
        witness: Witness | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.exercise = exercise
        self.key = AnswerKey(exercise, seed, cache, witnessed=witness is not None)
        self._witness = witness
        self.guard = Guard(_TRUSTED_LIMIT, trusted=True)
        self._seed = seed
        self._banks: dict[tuple[str, int], list[dict[str, Any]]] = {}
        self._observed: dict[tuple[str, str], list[Observation]] = {}
        self._misconceived: dict[tuple[str, str, str], list[Observation]] = {}
        self._ran: set[tuple[str, str, str]] = set()
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
        """Make, a step at a time, what a judgement needs: first what every one does."""
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
                    if mark.of not in prop.targets:
                        continue
                    if self.misconceived(mark, prop, device) and prop.vectorized is not None:
                        self.misconception_grows(mark, prop, device)
                    yield
        for prop in specification.properties:
            self.more_inputs(prop)
            yield

    def rehearsal(self, devices: Sequence[str], most: int | None = None) -> Iterator[None]:
        """Run each property on its inputs, or the first `most`, a step at a time.

        Where everything was in the answer key, nothing has run: what a property imports is not
        there yet, and the first runs of anything are slow.
        """
        impl = implementation.of_module(
            self.solution_module, self.contract, self.exercise.solution_path
        )
        for device in devices:
            for prop in self.specification.properties:
                for inputs in self.inputs(prop)[:most]:
                    observe(prop, impl, inputs, device, self.guard, witness=self._witness)
                yield

    def inputs(self, prop: Property) -> list[dict[str, Any]]:
        """The property's inputs: its example bank, on the CPU."""
        return self._drawn(prop, 0)

    def more_inputs(self, prop: Property) -> list[dict[str, Any]]:
        """As many other inputs of the property."""
        return self._drawn(prop, 1)

    def _drawn(self, prop: Property, draw: int) -> list[dict[str, Any]]:
        place = prop.name, draw
        if place not in self._banks:
            found = self.key.inputs(*place)
            if found is None:
                found = bank.draw(prop, self._seed + draw)
                self.key.keep_inputs(*place, found)
            self._banks[place] = found
        return self._banks[place]

    def expected(self, prop: Property, device: str) -> list[Observation]:
        """What the solution does with each of the property's inputs."""
        key = (prop.name, device)
        if key not in self._observed:
            found = self.key.observed(*key, "")
            if found is None:
                found = [self.expects(prop, each, device) for each in self.inputs(prop)]
                self.key.keep_observed(*key, "", found)
            self._observed[key] = found
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
        """What a misconception does with all the inputs; None where it must not be asked."""
        if self._ends_cuda(mark, prop, device):
            return None
        return [*self._misconceiving(mark, prop, device)]

    def matches(
        self, mark: Misconception, prop: Property, device: str, did: Sequence[Observation]
    ) -> bool:
        """Whether a misconception does with each input what an implementation `did` with it.

        It is run as far as it takes to tell.
        """
        if len(did) < len(self.inputs(prop)) or self._ends_cuda(mark, prop, device):
            return False
        theirs = self._misconceiving(mark, prop, device)
        return all(alike(one, other, prop) for one, other in zip(theirs, did, strict=True))

    def _ends_cuda(self, mark: Misconception, prop: Property, device: str) -> bool:
        """Whether a misconception may end all later calls of CUDA.

        There an index out of range does, which the CPU refuses.
        """
        return device == "cuda" and any(
            isinstance(each.outcome, Raised) for each in self._misconceiving(mark, prop, "cpu")
        )

    def _misconceiving(
        self, mark: Misconception, prop: Property, device: str
    ) -> Iterator[Observation]:
        """What a misconception does with one input after another, run as far as it is asked for."""
        key = prop.name, device, mark.name
        if key not in self._misconceived:
            self._misconceived[key] = self.key.observed(*key) or []
        known, inputs = self._misconceived[key], self.inputs(prop)
        yield from known
        if len(known) == len(inputs):
            return
        impl = self.wrong_answer(mark).implementation
        if key not in self._ran:
            # It may keep something from one run to the next: those that were read come first.
            for each in inputs[: len(known)]:
                self._misconceives(impl, prop, each, device)
            self._ran.add(key)
        for each in inputs[len(known) :]:
            found = self._misconceives(impl, prop, each, device)
            self.key.keep_observed(*key, [found], after=len(known))
            known.append(found)
            yield found

    def _misconceives(
        self, impl: Implementation, prop: Property, inputs: dict[str, Any], device: str
    ) -> Observation:
        observation = observe(prop, impl, inputs, device, self.guard, witness=self._witness)
        return _as_expected(observation)

    def misconception_grows(self, mark: Misconception, prop: Property, device: str) -> bool:
        """Whether a misconception's operations grow with the size of a vectorized property."""
        key = (prop.name, device, mark.name)
        if key not in self._growing:
            found = self.key.grows(*key)
            if found is None:
                impl = self.wrong_answer(mark).implementation
                few, many = operation_counts(prop, impl, device, self.guard)
                found = few != many
                self.key.keep_grows(*key, found)
            self._growing[key] = found
        return self._growing[key]


def _as_expected(observation: Observation) -> Observation:
    """The observation with what it gave to be checked in place of the references."""
    if not observation.checked:
        return observation
    checked = tuple(replace(each, reference=each.actual) for each in observation.checked)
    return replace(observation, checked=checked)
