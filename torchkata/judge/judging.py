"""The judge of one exercise: runs its properties on an implementation and makes verdicts."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from torchkata.judge import calls, diagnosis, implementation, loading, outcomes
from torchkata.judge.attempt import Attempt, Tried, clearest
from torchkata.judge.behaviour import came_out, is_cause, unwritten_function
from torchkata.judge.closer_look import closer_look
from torchkata.judge.findings import finding
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import ContractBroken, Implementation
from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.judge.oracle import Oracle, Subject
from torchkata.judge.slips import slip
from torchkata.judge.trial import counted, operation_counts
from torchkata.judge.verdict import Verdict
from torchkata.judge.why import Try, why
from torchkata.properties import Misconception, Property
from torchkata.suite.cache import Cache
from torchkata.suite.curriculum import Exercise
from torchkata.suite.settings import Settings
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation, Raised
from torchkata.values.pairs import compare_values

_UNSTEADY = (
    "the same input gave two different results: is memory read that was never filled "
    "(torch.empty), something kept between calls, or random in a way that torch.manual_seed does "
    "not reach?"
)
_LATER_SHARE = 0.1


class Judge:
    """Judges implementations of one exercise by its oracle."""

    def __init__(self, exercise: Exercise, settings: Settings, cache: Cache | None = None) -> None:
        self.oracle = Oracle(exercise, settings.seed, cache=cache)
        self.settings = settings
        self.smallest: dict[tuple[str, str], dict[str, Any]] = {}
        """The inputs that the latest failure of each property on each device was shown with."""
        self._slow: set[int] = set()
        self._latest: tuple[Subject | None, dict[tuple[str, str], list[Observation]]] = None, {}

    def learner(self, file: LearnerFile, name: str) -> Subject:
        """Load a learner's file as the module `name`. Raises NotLoadable."""

        def loaded(guard: Guard) -> Implementation:
            module = loading.load(file, name, guard)
            return implementation.of_module(module, self.oracle.contract, file.path)

        @contextmanager
        def afresh(guard: Guard) -> Iterator[Implementation]:
            module = sys.modules[name]
            try:
                yield loaded(guard)
            finally:
                sys.modules[name] = module  # where its classes are looked for, by pickle for one

        with self._guard() as guard:
            impl = loaded(guard)
        return Subject(impl, file.lines, file.untouched, file.source, afresh)

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
        early: Callable[[Verdict], None] | None = None,
    ) -> Verdict:
        """Try the property on its inputs; where it fails, find a small input and say why.

        A brief verdict is made at the first failure, without a search and a diagnosis.
        Without `search` the clearest failing input is shown as it was drawn. `early` is told that
        verdict, without a reason, before anything else is looked for.
        """
        impl = subject.implementation
        line = prop.line(subject.lines)
        blank = self._blank(prop, device, impl.path, line)
        with self._guard(subject) as guard:
            attempt = Attempt(self.oracle, prop, impl, device, guard)
            drawn: list[Tried] = []
            for each in attempt.bank():
                drawn.append(each)
                if each.difference is None:
                    continue
                unwritten = unwritten_function(each.actual, subject.untouched)
                if unwritten is not None:
                    line = subject.lines.get(unwritten, line)
                    return outcomes.unwritten(blank, (unwritten,), line)
                timed_out = is_cause(each.actual, "time")
                if timed_out:
                    self._slow.add(id(subject))
                if brief:
                    return outcomes.brief(blank, each.difference)
                if timed_out:
                    break
            else:
                self._of(subject)[prop.name, device] = [each.actual for each in drawn]
            if any(each.difference is not None for each in drawn):
                return self._failure(blank, subject, attempt, drawn, search, early)
            verdict = self._growth(blank, attempt)
            if verdict is None:
                return outcomes.passed(blank)
            if brief:
                return replace(verdict, brief=True)
            return self._explained(verdict, attempt, subject, drawn)

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
        self, attempt: Attempt, subject: Subject, tried: list[Observation]
    ) -> Misconception | None:
        """The one misconception that behaves just as the subject does; None where it isn't clear.

        It must do so on all the inputs of this property, and of the others that look at it.
        """
        prop, device, known = attempt.prop, attempt.device, self._of(subject)

        def seen(other: Property) -> Sequence[Observation]:
            if other is prop:
                return tried
            if (other.name, device) not in known:
                others = replace(attempt, prop=other)
                known[other.name, device] = [*map(others.observe, self.oracle.inputs(other))]
            return known[other.name, device]

        def grows(other: Property) -> bool:
            few, many = operation_counts(other, attempt.impl, device, attempt.guard)
            return few != many

        return diagnosis.diagnose(self.oracle, prop, device, seen, grows)

    def _blank(self, prop: Property, device: str, path: Path, line: int) -> Verdict:
        return outcomes.blank(self.oracle, prop, device, path, line)

    def _failure(
        self,
        blank: Verdict,
        subject: Subject,
        attempt: Attempt,
        drawn: Sequence[Tried],
        search: bool,
        early: Callable[[Verdict], None] | None,
    ) -> Verdict:
        prop, device = attempt.prop, attempt.device
        shown, searched = clearest(drawn), list[Tried]()
        again = attempt.another_result(shown)
        printed = attempt.guard.printed.text()
        if again is not None:
            blank = outcomes.shown(blank, shown.inputs, again, printed)
            return _unsteady(blank, shown.actual, again, prop)
        if early is not None:
            early(_shown(blank, shown, printed))
        if search and not is_cause(shown.actual, "time"):
            (shown, printed), searched = attempt.smallest((shown, printed), self.settings.seed)
        inputs, first = shown.inputs, shown.actual
        self.smallest[prop.name, device] = inputs
        verdict = _shown(blank, shown, printed)
        if not is_cause(first, "time", "contract"):
            exercise = self.oracle.exercise
            call = calls.written(exercise, prop, attempt.impl, inputs, device, first, attempt.guard)
            verdict = replace(verdict, call=call)
            if search:
                solution = self.oracle.solution.implementation
                seen = closer_look(prop, attempt.impl, solution, inputs, device, attempt.guard)
                verdict = replace(verdict, closer_look=seen)
        verdict = self._explained(verdict, attempt, subject, drawn)
        if verdict.misconception is not None or is_cause(first, "time", "contract"):
            return verdict
        slipped = slip(subject.source, prop.targets)
        if slipped is not None:
            return replace(verdict, why=slipped)

        def draw_more() -> list[dict[str, Any]]:
            return self.oracle.more_inputs(prop) if search else []

        tries, call = _elsewhere(attempt, subject), verdict.call
        names = calls.names(call, prop, self.oracle.contract) if call else inputs
        told = why(shown, drawn, searched, attempt.one, draw_more, tries, names)
        return replace(verdict, why=told)

    def _explained(
        self, verdict: Verdict, attempt: Attempt, subject: Subject, drawn: Sequence[Tried]
    ) -> Verdict:
        mark = self.diagnose(attempt, subject, [each.actual for each in drawn])
        return outcomes.diagnosed(verdict, mark)

    def _growth(self, blank: Verdict, attempt: Attempt) -> Verdict | None:
        """The verdict that operations grow with the size; None where they don't.

        Where one size raises an exception, that is why their numbers differ.
        """
        prop, device, guard = attempt.prop, attempt.device, attempt.guard
        if prop.vectorized is None:
            return None
        sizes = counted(prop, attempt.impl, device, guard)
        growth = outcomes.growth(*(did.count for _, did in sizes))
        for inputs, did in sizes if growth is not None else ():
            expected = self.oracle.expects(prop, inputs, device)
            difference = finding(prop, inputs, device, expected, did)
            if difference is not None and isinstance(did.outcome, Raised):
                shown = outcomes.shown(blank, inputs, did, guard.printed.text())
                return outcomes.failed(shown, difference)
        return None if growth is None else outcomes.failed(blank, growth)


def _elsewhere(attempt: Attempt, subject: Subject) -> Iterator[tuple[Try, str]]:
    """Other ways to try an input, and what it means where it is right in that way."""
    if attempt.device != "cpu":
        yield replace(attempt, device="cpu").one, "The same input on the CPU is right."
    afresh = subject.afresh
    if afresh is None:
        return

    def first_call(inputs: dict[str, Any]) -> Tried | None:
        try:
            with afresh(attempt.guard) as impl:
                return replace(attempt, impl=impl).one(inputs)
        except NotLoadable:  # a file that can be loaded but once
            return None

    yield (
        first_call,
        "As the first call of a fresh start the same input is right: something is kept from "
        "earlier calls.",
    )


def _shown(blank: Verdict, tried: Tried, printed: str) -> Verdict:
    """The verdict that shows one input that fails."""
    assert tried.difference is not None
    verdict = outcomes.shown(blank, tried.inputs, tried.actual, printed)
    return outcomes.failed(verdict, tried.difference)


def _unsteady(blank: Verdict, first: Observation, again: Observation, prop: Property) -> Verdict:
    """The verdict that one input gave two results, with the first part of them that differs."""
    part = compare_values(came_out(first), came_out(again), prop.tolerance)
    return replace(
        blank,
        outcome="failed",
        difference=Difference(Stage.RAN, part.where if part else "result", _UNSTEADY),
        unsteady=(part.expected, part.actual) if part else None,
    )
