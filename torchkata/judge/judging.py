"""The judge of one exercise: runs its properties on an implementation and makes verdicts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from torchkata.judge import bank, calls, diagnosis, implementation, loading, outcomes
from torchkata.judge.behaviour import alike, came_out, is_cause, unwritten_function
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import ContractBroken, Implementation
from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.judge.oracle import Oracle, Subject
from torchkata.judge.trial import observe, operation_counts
from torchkata.judge.verdict import Verdict
from torchkata.properties import Misconception, Property
from torchkata.suite.curriculum import Exercise
from torchkata.suite.settings import Settings
from torchkata.values.comparison import compare
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation
from torchkata.values.pairs import compare_values

REPEATS = 5
"""How often a failing input is tried again, to tell whether the result is always the same."""

_UNSTEADY = (
    "the same input gave two different results: is memory read that was never filled "
    "(torch.empty), something kept between calls, or random in a way that torch.manual_seed does "
    "not reach?"
)
_LATER_SHARE = 0.1


class Judge:
    """Judges implementations of one exercise by its oracle."""

    def __init__(self, exercise: Exercise, settings: Settings) -> None:
        self.oracle = Oracle(exercise, settings.seed)
        self.settings = settings
        self.smallest: dict[tuple[str, str], dict[str, Any]] = {}
        """The inputs that the latest failure of each property on each device was shown with."""
        self._slow: set[int] = set()
        self._latest: tuple[Subject | None, dict[tuple[str, str], list[Observation]]] = None, {}

    def learner(self, file: LearnerFile, name: str) -> Subject:
        """Load a learner's file as the module `name`. Raises NotLoadable."""
        with self._guard() as guard:
            module = loading.load(file, name, guard)
        loaded = implementation.of_module(module, self.oracle.contract, file.path)
        return Subject(loaded, file.lines, file.untouched)

    def unloadable(self, prop: Property, device: str, path: Path, error: NotLoadable) -> Verdict:
        """The verdict on a file that can't be loaded."""
        return outcomes.unloadable(self._blank(prop, device, path, 1), error.failure)

    def crashed(self, prop: Property, device: str, path: Path) -> Verdict:
        """The verdict on a file that has ended a process of this run."""
        refusal = "Ended the process that judged it: a signal, or a crash in native code."
        return outcomes.refused(self._blank(prop, device, path, 1), refusal)

    def failed_elsewhere(
        self, prop: Property, subject: Subject, device: str, first: str
    ) -> Verdict:
        """The verdict on a property that has failed on another device already."""
        path = subject.implementation.path
        blank = self._blank(prop, device, path, prop.line(subject.lines))
        return outcomes.failed_elsewhere(blank, first)

    def breach(self, prop: Property, subject: Subject, device: str) -> Verdict | None:
        """The verdict that a name the property needs is missing or has other parameters."""
        for name in prop.targets:
            try:
                subject.implementation.checked(name)
            except ContractBroken as error:
                line = subject.lines.get(name, 1)
                blank = self._blank(prop, device, subject.implementation.path, line)
                return outcomes.refused(blank, str(error))
        return None

    def todo(self, prop: Property, device: str, file: LearnerFile) -> Verdict | None:
        """The verdict that something the property needs is not begun; None where all is begun."""
        missing = file.unbegun(prop.targets)
        if not missing:
            return None
        line = file.lines.get(missing[0], 1)
        return outcomes.unwritten(self._blank(prop, device, file.path, line), missing, line)

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
        line = prop.line(subject.lines)
        blank = self._blank(prop, device, impl.path, line)
        with self._guard(subject) as guard:
            expected = self.oracle.expected(prop, device)
            actual: list[Observation] = []
            failing: int | None = None
            for position, each in enumerate(self.oracle.inputs(prop)):
                observation = observe(prop, impl, each, device, guard)
                actual.append(observation)
                found = compare(expected[position], observation, prop.tolerance)
                if found is None:
                    continue
                unwritten = unwritten_function(observation, subject.untouched)
                if unwritten is not None:
                    line = subject.lines.get(unwritten, line)
                    return outcomes.unwritten(blank, (unwritten,), line)
                if is_cause(observation, "time"):
                    self._slow.add(id(subject))
                if brief:
                    return outcomes.brief(blank, found)
                failing = position if failing is None else failing
                if is_cause(observation, "time"):
                    break
            else:
                self._of(subject)[prop.name, device] = actual
            if failing is not None:
                return self._failure(blank, prop, subject, device, failing, actual, guard, search)
            growth = self._growth(prop, subject, device, guard)
            if growth is None:
                return outcomes.passed(blank)
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
        impl, known = subject.implementation, self._of(subject)

        def seen(other: Property) -> Sequence[Observation]:
            if other is prop:
                return tried
            if (other.name, device) not in known:
                known[other.name, device] = [
                    observe(other, impl, each, device, guard) for each in self.oracle.inputs(other)
                ]
            return known[other.name, device]

        def grows(other: Property) -> bool:
            few, many = operation_counts(other, impl, device, guard)
            return few != many

        return diagnosis.diagnose(self.oracle, prop, device, seen, grows)

    def _blank(self, prop: Property, device: str, path: Path, line: int) -> Verdict:
        return outcomes.blank(self.oracle, prop, device, path, line)

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
        inputs = self.oracle.inputs(prop)[failing]
        first = actual[failing]
        printed = guard.printed.text()
        if not is_cause(first, "time"):
            for _ in range(REPEATS):
                again = observe(prop, impl, inputs, device, guard)
                printed = guard.printed.text()
                if not is_cause(again, "time") and not alike(first, again, prop):
                    blank = outcomes.shown(blank, inputs, again, printed)
                    return _unsteady(blank, first, again, prop)
            if search:
                inputs, first, printed = self._smallest(
                    prop, impl, device, (inputs, first, printed), guard
                )
        expected = self.oracle.expects(prop, inputs, device)
        difference = compare(expected, first, prop.tolerance)
        assert difference is not None
        self.smallest[prop.name, device] = inputs
        verdict = replace(outcomes.shown(blank, inputs, first, printed), difference=difference)
        if not is_cause(first, "time", "contract"):
            exercise = self.oracle.exercise
            call = calls.written(exercise, prop, impl, inputs, device, first, guard)
            verdict = replace(verdict, call=call)
        return self._explained(verdict, prop, subject, device, actual, guard)

    def _smallest(
        self,
        prop: Property,
        impl: Implementation,
        device: str,
        found: tuple[dict[str, Any], Observation, str],
        guard: Guard,
    ) -> tuple[dict[str, Any], Observation, str]:
        """The smallest failing inputs, what the implementation did with them, what it printed.

        `found` are those of a failing input to begin with.
        """
        best = found

        def fails(candidate: dict[str, Any]) -> bool:
            nonlocal best
            seen = observe(prop, impl, candidate, device, guard)
            if is_cause(seen, "time"):
                return False
            expected = self.oracle.expects(prop, candidate, device)
            if compare(expected, seen, prop.tolerance) is None:
                return False
            best = candidate, seen, guard.printed.text()
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
        return outcomes.diagnosed(verdict, mark)

    def _growth(
        self, prop: Property, subject: Subject, device: str, guard: Guard
    ) -> Difference | None:
        if prop.vectorized is None:
            return None
        return outcomes.growth(*operation_counts(prop, subject.implementation, device, guard))


def _unsteady(blank: Verdict, first: Observation, again: Observation, prop: Property) -> Verdict:
    """The verdict that one input gave two results, with the first part of them that differs."""
    part = compare_values(came_out(first), came_out(again), prop.tolerance)
    return replace(
        blank,
        outcome="failed",
        difference=Difference(Stage.RAN, part.where if part else "result", _UNSTEADY),
        unsteady=(part.expected, part.actual) if part else None,
    )
