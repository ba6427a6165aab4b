"""The judge of one exercise: runs its properties on an implementation and makes verdicts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from torchkata.judge import bank, calls, diagnosis, implementation, loading, outcomes
from torchkata.judge.behaviour import alike, came_out, is_cause, unwritten_function
from torchkata.judge.findings import finding
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import ContractBroken, Implementation
from torchkata.judge.legibility import flaws
from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.judge.oracle import Oracle, Subject
from torchkata.judge.slips import slip
from torchkata.judge.trial import counted, observe, operation_counts
from torchkata.judge.verdict import Verdict
from torchkata.judge.why import Tried, why
from torchkata.properties import Misconception, Property
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.settings import Settings
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation, Raised
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
        return Subject(loaded, file.lines, file.untouched, file.source)

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
            drawn: list[Tried] = []
            for each, wanted in zip(self.oracle.inputs(prop), expected, strict=True):
                observation = observe(prop, impl, each, device, guard)
                found = finding(prop, each, device, wanted, observation)
                drawn.append(Tried(each, wanted, observation, found))
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
                if is_cause(observation, "time"):
                    break
            else:
                self._of(subject)[prop.name, device] = [each.actual for each in drawn]
            if any(each.difference is not None for each in drawn):
                return self._failure(blank, prop, subject, device, drawn, guard, search)
            verdict = self._growth(blank, prop, subject, device, guard)
            if verdict is None:
                return outcomes.passed(blank)
            return self._explained(verdict, prop, subject, device, drawn, guard)

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
        drawn: Sequence[Tried],
        guard: Guard,
        search: bool,
    ) -> Verdict:
        impl = subject.implementation
        shown = next(each for each in drawn if each.difference is not None)
        printed = guard.printed.text()
        searched: list[Tried] = []
        if not is_cause(shown.actual, "time"):
            for _ in range(REPEATS):
                again = observe(prop, impl, shown.inputs, device, guard)
                printed = guard.printed.text()
                if not is_cause(again, "time") and not alike(shown.actual, again, prop):
                    blank = outcomes.shown(blank, shown.inputs, again, printed)
                    return _unsteady(blank, shown.actual, again, prop)
            if search:
                shown, printed = self._smallest(
                    prop, impl, device, (shown, printed), (drawn, searched), guard
                )
        inputs, first = shown.inputs, shown.actual
        self.smallest[prop.name, device] = inputs
        verdict = outcomes.shown(blank, inputs, first, printed)
        verdict = replace(verdict, difference=shown.difference)
        if not is_cause(first, "time", "contract"):
            exercise = self.oracle.exercise
            call = calls.written(exercise, prop, impl, inputs, device, first, guard)
            verdict = replace(verdict, call=call)
        verdict = self._explained(verdict, prop, subject, device, drawn, guard)
        if verdict.misconception is not None or is_cause(first, "time", "contract"):
            return verdict
        slipped = slip(subject.source, prop.targets)
        if slipped is not None:
            return replace(verdict, why=slipped)

        def one_more(inputs: dict[str, Any]) -> Tried | None:
            return self._tried(prop, impl, device, inputs, guard)

        def draw_more() -> list[dict[str, Any]]:
            return bank.draw(prop, self.settings.seed + 1) if search else []

        return replace(verdict, why=why(shown, drawn, searched, one_more, draw_more))

    def _smallest(
        self,
        prop: Property,
        impl: Implementation,
        device: str,
        found: tuple[Tried, str],
        tried: tuple[Sequence[Tried], list[Tried]],
        guard: Guard,
    ) -> tuple[Tried, str]:
        """The smallest failing input tried, and what the implementation printed.

        It is the smallest of those that show most. `found` is a failing one to begin with; `tried`
        are inputs tried so far and the list that the search adds its own to.
        """
        best = found
        drawn, searched = tried
        fewest = min(flaws(each.inputs) for each in drawn if each.difference is not None)

        def fails(candidate: dict[str, Any]) -> bool:
            nonlocal best
            if flaws(candidate) > fewest:
                return False
            one_more = self._tried(prop, impl, device, candidate, guard)
            if one_more is None:
                return False
            searched.append(one_more)
            if one_more.difference is None:
                return False
            best = one_more, guard.printed.text()
            return True

        bank.shrink(prop, fails, self.settings.seed)
        return best

    def _tried(
        self,
        prop: Property,
        impl: Implementation,
        device: str,
        inputs: dict[str, Any],
        guard: Guard,
    ) -> Tried | None:
        """One more input tried; None where it takes too long, or the solution itself won't do."""
        seen = observe(prop, impl, inputs, device, guard)
        if is_cause(seen, "time"):
            return None
        try:
            expected = self.oracle.expects(prop, inputs, device)
        except SuiteError:
            return None
        return Tried(inputs, expected, seen, finding(prop, inputs, device, expected, seen))

    def _explained(
        self,
        verdict: Verdict,
        prop: Property,
        subject: Subject,
        device: str,
        drawn: Sequence[Tried],
        guard: Guard,
    ) -> Verdict:
        mark = self.diagnose(prop, subject, device, [each.actual for each in drawn], guard)
        return outcomes.diagnosed(verdict, mark)

    def _growth(
        self, blank: Verdict, prop: Property, subject: Subject, device: str, guard: Guard
    ) -> Verdict | None:
        """The verdict that operations grow with the size; None where they don't.

        Where one size raises an exception, that is why their numbers differ.
        """
        if prop.vectorized is None:
            return None
        sizes = counted(prop, subject.implementation, device, guard)
        growth = outcomes.growth(*(did.count for _, did in sizes))
        for inputs, did in sizes if growth is not None else ():
            expected = self.oracle.expects(prop, inputs, device)
            difference = finding(prop, inputs, device, expected, did)
            if difference is not None and isinstance(did.outcome, Raised):
                shown = outcomes.shown(blank, inputs, did, guard.printed.text())
                return replace(shown, difference=difference)
        return None if growth is None else replace(blank, difference=growth)


def _unsteady(blank: Verdict, first: Observation, again: Observation, prop: Property) -> Verdict:
    """The verdict that one input gave two results, with the first part of them that differs."""
    part = compare_values(came_out(first), came_out(again), prop.tolerance)
    return replace(
        blank,
        outcome="failed",
        difference=Difference(Stage.RAN, part.where if part else "result", _UNSTEADY),
        unsteady=(part.expected, part.actual) if part else None,
    )
