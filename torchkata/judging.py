"""The judge of one exercise: runs its properties on an implementation and makes verdicts."""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from torchkata import bank, implementation, loading
from torchkata.behaviour import (
    alike,
    came_out,
    is_cause,
    layouts,
    solution_problem,
    unwritten_function,
)
from torchkata.comparison import Difference, Stage, compare
from torchkata.guard import Guard
from torchkata.implementation import Contract, ContractBroken, Implementation
from torchkata.loading import LearnerFile, NotLoadable
from torchkata.observation import Observation, Raised, container_seen
from torchkata.properties import Misconception, Property, Specification, specification
from torchkata.settings import Settings
from torchkata.stubs import definition_lines, stub_of
from torchkata.suite import Exercise, SuiteError
from torchkata.trial import observe
from torchkata.verdict import Verdict

SMALL, LARGE = 4, 16
"""The two sizes at which the operations of a vectorized property are counted."""

REPEATS = 5
"""How often a failing input is tried again, to tell whether the result is always the same."""

_UNSTEADY = (
    "the same input gave two different results: is memory read that was never filled "
    "(torch.empty), something kept between calls, or random in a way that torch.manual_seed does "
    "not reach?"
)
_TRUSTED_LIMIT = 600.0
_LATER_SHARE = 0.1


@dataclass(frozen=True)
class Subject:
    """What is judged: an implementation, and what is known of the file that it came from."""

    implementation: Implementation
    lines: Mapping[str, int] = field(default_factory=dict)
    untouched: frozenset[str] = frozenset()


class Judge:
    """Judges implementations of one exercise, and keeps what every judgement of it needs again.

    The inputs of each property, the solution's observations of them and those of the
    misconceptions are made once.
    """

    def __init__(self, exercise: Exercise, settings: Settings) -> None:
        self.exercise = exercise
        self.settings = settings
        self._banks: dict[str, list[dict[str, Any]]] = {}
        self._observed: dict[tuple[str, str, str], list[Observation]] = {}
        self._trusted = Guard(_TRUSTED_LIMIT)
        self._wrong: dict[str, Subject] = {}
        self._slow: set[int] = set()
        self._latest: tuple[Subject | None, dict[tuple[str, str], list[Observation]]] = None, {}

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

    def learner(self, file: LearnerFile, name: str) -> Subject:
        """Load a learner's file as the module `name`. Raises NotLoadable."""
        with self._guard() as guard:
            module = loading.load(file, name, guard)
        loaded = implementation.of_module(module, self.contract, file.path)
        return Subject(loaded, file.lines, file.untouched)

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

    def unloadable(self, prop: Property, device: str, path: Path, error: NotLoadable) -> Verdict:
        """The verdict on a file that can't be loaded."""
        blank = self._blank(prop, device, path, error.failure.line)
        detail = f"\n{error.failure.detail}" if error.failure.detail else ""
        return replace(blank, outcome="failed", refusal=error.failure.sentence + detail)

    def crashed(self, prop: Property, device: str, path: Path) -> Verdict:
        """The verdict on a file that has ended a process of this run."""
        refusal = "Ended the process that judged it: a signal, or a crash in native code."
        return replace(self._blank(prop, device, path, 1), outcome="failed", refusal=refusal)

    def failed_elsewhere(
        self, prop: Property, subject: Subject, device: str, first: str
    ) -> Verdict:
        """The verdict on a property that has failed on another device already."""
        path = subject.implementation.path
        difference = Difference(Stage.RAN, "result", f"not tried, since it fails on {first}")
        blank = self._blank(prop, device, path, self._line(prop, subject))
        return replace(blank, outcome="failed", difference=difference, brief=True)

    def _line(self, prop: Property, subject: Subject) -> int:
        """The line of the first of the property's targets that the file has."""
        return next((subject.lines[name] for name in prop.targets if name in subject.lines), 1)

    def breach(self, prop: Property, subject: Subject, device: str) -> Verdict | None:
        """The verdict that a name the property needs is missing or has other parameters."""
        for name in prop.targets:
            try:
                subject.implementation.checked(name)
            except ContractBroken as error:
                line = subject.lines.get(name, 1)
                blank = self._blank(prop, device, subject.implementation.path, line)
                return replace(blank, outcome="failed", refusal=str(error))
        return None

    def todo(self, prop: Property, device: str, file: LearnerFile) -> Verdict | None:
        """The verdict that something the property needs is not begun; None where all is begun."""
        missing = file.unbegun(prop.targets)
        if not missing:
            return None
        blank = self._blank(prop, device, file.path, file.lines.get(missing[0], 1))
        return replace(blank, unwritten=missing)

    def preparation(self, devices: Sequence[str]) -> Iterator[None]:
        """Make, a step at a time, what every judgement needs: inputs, then what is expected.

        Whatever is left out is made when it is needed.
        """
        specification = self.specification
        _ = self.solution, self.stub
        for prop in specification.properties:
            self._bank(prop)
            yield
        for device in devices:
            for prop in specification.properties:
                self._expected(prop, device)
                yield
        for prop in specification.properties:
            for mark in specification.misconceptions:
                for device in devices:
                    if mark.of in prop.targets:
                        self._misconceived(mark, prop, device)
                        yield
        # A rehearsal: what runs for the first time takes longer.
        for mark in specification.misconceptions[:1]:
            for prop in specification.properties:
                self.judge(prop, self.wrong_answer(mark), devices[0])
                yield

    def judge(
        self,
        prop: Property,
        subject: Subject,
        device: str,
        brief: bool = False,
        search: bool = True,
    ) -> Verdict:
        """Try the property on its inputs; where it fails, find a small input and say why.

        A brief verdict is made at the first failing input, without a search and a diagnosis.
        Without `search` the first failing input is shown as it was drawn.
        """
        impl = subject.implementation
        line = self._line(prop, subject)
        blank = self._blank(prop, device, impl.path, line)
        with self._guard(subject) as guard:
            expected = self._expected(prop, device)
            actual: list[Observation] = []
            failing: int | None = None
            for position, each in enumerate(self._bank(prop)):
                observation = observe(prop, impl, each, device, guard)
                actual.append(observation)
                found = compare(expected[position], observation, prop.tolerance)
                if found is None:
                    continue
                unwritten = unwritten_function(observation, subject.untouched)
                if unwritten is not None:
                    line = subject.lines.get(unwritten, line)
                    return replace(blank, unwritten=(unwritten,), line=line)
                if is_cause(observation, "time"):
                    self._slow.add(id(subject))
                if brief:
                    return replace(blank, outcome="failed", difference=found, brief=True)
                failing = position if failing is None else failing
                if is_cause(observation, "time"):
                    break
            else:
                self._of(subject)[prop.name, device] = actual
            if failing is not None:
                return self._failure(blank, prop, subject, device, failing, actual, guard, search)
            growth = self._growth(prop, subject, device, guard)
            if growth is None:
                return replace(blank, outcome="passed")
            verdict = replace(blank, difference=growth)
            return self._explained(verdict, prop, subject, device, actual, guard)

    def _of(self, subject: Subject) -> dict[tuple[str, str], list[Observation]]:
        """What the subject did, by property and device, while it is the latest one judged."""
        if self._latest[0] is not subject:
            self._latest = subject, {}
        return self._latest[1]

    def _guard(self, subject: Subject | None = None) -> Guard:
        """A guard with the time limit, or a tenth of it for code that has used it up before.

        So an endless loop costs its limit once, not once for each property and device.
        """
        slow = id(subject) in self._slow
        limit = self.settings.limit * (_LATER_SHARE if slow else 1)
        return Guard(limit, self.settings.show_prints, self.settings.crash_fd)

    def diagnose(
        self, prop: Property, subject: Subject, device: str, tried: list[Observation], guard: Guard
    ) -> Misconception | None:
        """The one misconception that behaves just as the subject does; None where it isn't clear.

        It must do so on all the inputs of this property, and of the others that look at it.
        """
        candidates = [
            mark
            for mark in self.specification.misconceptions
            if self._behaves_alike(mark, prop, subject, device, tried, guard)
        ]
        for other in self.specification.properties:
            concerned = [mark for mark in candidates if mark.of in other.targets]
            if other is prop or not concerned:
                continue
            impl = subject.implementation
            seen = self._of(subject).get((other.name, device))
            if seen is None:
                seen = [observe(other, impl, each, device, guard) for each in self._bank(other)]
            for mark in concerned:
                if not self._behaves_alike(mark, other, subject, device, seen, guard):
                    candidates.remove(mark)
        return candidates[0] if len(candidates) == 1 else None

    def _blank(self, prop: Property, device: str, path: Path, line: int) -> Verdict:
        return Verdict(self.exercise.key, prop.name, prop.sentence, device, "todo", str(path), line)

    def _bank(self, prop: Property) -> list[dict[str, Any]]:
        if prop.name not in self._banks:
            self._banks[prop.name] = bank.draw(prop, self.settings.seed)
        return self._banks[prop.name]

    def _expected(self, prop: Property, device: str) -> list[Observation]:
        key = (prop.name, device, "")
        if key not in self._observed:
            self._observed[key] = [
                self._observe_solution(prop, each, device) for each in self._bank(prop)
            ]
        return self._observed[key]

    def _observe_solution(self, prop: Property, inputs: dict[str, Any], device: str) -> Observation:
        observation = observe(prop, self.solution.implementation, inputs, device, self._trusted)
        problem = solution_problem(prop, observation)
        if problem is not None:
            raise SuiteError(
                f"{self.exercise.test_path}: {prop.name} on {device}: the solution {problem}"
            )
        return observation

    def _misconceived(
        self, mark: Misconception, prop: Property, device: str
    ) -> list[Observation] | None:
        """What a misconception does with the inputs; None where CUDA must not be asked.

        There an index out of range, which the CPU refuses, ends every later call.
        """
        key = (prop.name, device, mark.name)
        if key not in self._observed:
            if device == "cuda":
                on_cpu = self._misconceived(mark, prop, "cpu") or []
                if any(isinstance(each.outcome, Raised) for each in on_cpu):
                    return None
            subject = self.wrong_answer(mark)
            known = self._latest[1] if self._latest[0] is subject else {}
            self._observed[key] = known.get((prop.name, device)) or [
                observe(prop, subject.implementation, each, device, self._trusted)
                for each in self._bank(prop)
            ]
        return self._observed[key]

    def _behaves_alike(
        self,
        mark: Misconception,
        prop: Property,
        subject: Subject,
        device: str,
        tried: list[Observation],
        guard: Guard,
    ) -> bool:
        if len(tried) < len(self._bank(prop)):
            return False
        theirs = self._misconceived(mark, prop, device)
        if theirs is None or any(
            not alike(one, other, prop) for one, other in zip(theirs, tried, strict=True)
        ):
            return False
        if prop.vectorized is None:
            return True
        small, large = self._grows(prop, self.wrong_answer(mark), device, self._trusted)
        few, many = self._grows(prop, subject, device, guard)
        return (small == large) == (few == many)

    def _failure(
        self,
        blank: Verdict,
        prop: Property,
        subject: Subject,
        device: str,
        failing: int,
        actual: list[Observation],
        guard: Guard,
        search: bool,
    ) -> Verdict:
        impl = subject.implementation
        inputs = self._bank(prop)[failing]
        first = actual[failing]
        if not is_cause(first, "time"):
            for _ in range(REPEATS):
                again = observe(prop, impl, inputs, device, guard)
                if not is_cause(again, "time") and not alike(first, again, prop):
                    return self._unsteady(blank, inputs, first, again, guard)
            if search:
                inputs, first = self._smallest(prop, impl, device, inputs, first, guard)
        expected = self._observe_solution(prop, inputs, device)
        difference = compare(expected, first, prop.tolerance)
        assert difference is not None
        verdict = replace(self._shown(blank, inputs, first, guard), difference=difference)
        return self._explained(verdict, prop, subject, device, actual, guard)

    def _unsteady(
        self,
        blank: Verdict,
        inputs: dict[str, Any],
        first: Observation,
        again: Observation,
        guard: Guard,
    ) -> Verdict:
        return replace(
            self._shown(blank, inputs, again, guard),
            outcome="failed",
            difference=Difference(Stage.RAN, "result", _UNSTEADY),
            unsteady=(came_out(first), came_out(again)),
        )

    def _smallest(
        self,
        prop: Property,
        impl: Implementation,
        device: str,
        inputs: dict[str, Any],
        observation: Observation,
        guard: Guard,
    ) -> tuple[dict[str, Any], Observation]:
        """The smallest failing inputs found, and what the implementation did with them."""
        best = inputs, observation

        def fails(candidate: dict[str, Any]) -> bool:
            nonlocal best
            seen = observe(prop, impl, candidate, device, guard)
            if is_cause(seen, "time"):
                return False
            expected = self._observe_solution(prop, candidate, device)
            if compare(expected, seen, prop.tolerance) is None:
                return False
            best = candidate, seen
            return True

        bank.shrink(prop, fails, self.settings.seed)
        return best

    def _explained(
        self,
        verdict: Verdict,
        prop: Property,
        subject: Subject,
        device: str,
        actual: list[Observation],
        guard: Guard,
    ) -> Verdict:
        mark = self.diagnose(prop, subject, device, actual, guard)
        return replace(
            verdict,
            outcome="failed",
            diagnosis=mark.says if mark else None,
            misconception=mark.name if mark else None,
        )

    def _shown(
        self, blank: Verdict, inputs: dict[str, Any], observation: Observation, guard: Guard
    ) -> Verdict:
        """The verdict with the inputs, and with the exception that the implementation raised."""
        verdict = replace(
            blank,
            inputs=container_seen("dict", inputs.keys(), inputs.values()),
            layouts=tuple(layouts(inputs)),
            printed=guard.printed.text(),
        )
        match observation.outcome:
            case Raised(lines=lines) as raised if lines:
                from torchkata.torch_errors import explanation  # a few hundred patterns

                return replace(
                    verdict,
                    lines=lines,
                    line=lines[-1].number,
                    raised=f"{raised.kinds[0]}: {raised.message}",
                    explanation=explanation(raised.kinds[0], raised.message),
                )
        return verdict

    def _growth(
        self, prop: Property, subject: Subject, device: str, guard: Guard
    ) -> Difference | None:
        if prop.vectorized is None:
            return None
        small, large = self._grows(prop, subject, device, guard)
        if small == large:
            return None
        return Difference(
            Stage.OPERATIONS,
            "operations",
            f"{small} operations for size {SMALL}, {large} for size {LARGE}: it loops",
        )

    def _grows(
        self, prop: Property, subject: Subject, device: str, guard: Guard
    ) -> tuple[int, int]:
        """The operations that the implementation calls at the small and at the large size."""
        assert prop.vectorized is not None
        impl = subject.implementation
        small = observe(prop, impl, prop.vectorized(SMALL), device, guard, count_operations=True)
        large = observe(prop, impl, prop.vectorized(LARGE), device, guard, count_operations=True)
        return small.count, large.count
