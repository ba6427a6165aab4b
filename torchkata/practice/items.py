"""Practice under pytest: the learner's files as test files, their properties as test items."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from torchkata.judge.verdict import Verdict
from torchkata.practice.crashes import CrashedBefore, watched
from torchkata.practice.examination import Examination
from torchkata.practice.failure import Failure, debug, terminal_free
from torchkata.practice.session import KataSession
from torchkata.practice.summary import Summary
from torchkata.properties import Property
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.telling.paragraphs import one_line


class Refused(Exception):
    """A verdict other than passed. What is told of it stands in the item's summary."""


class ExerciseFile(pytest.File):
    """A learner's file: one item for each property of its exercise on each device."""

    exercise: Exercise

    @classmethod
    def of(cls, parent: pytest.Collector, path: Path, exercise: Exercise) -> "ExerciseFile":
        node = cls.from_parent(parent, path=path)
        node.exercise = exercise
        return node

    @cached_property
    def kata(self) -> KataSession:
        return KataSession.of(self.config)

    @cached_property
    def order(self) -> int:
        """The exercise's place in the curriculum."""
        return self.kata.suite.exercises.index(self.exercise)

    @cached_property
    def is_missing(self) -> bool:
        """Whether a submission is judged that has no file for this exercise."""
        submission = self.kata.submission
        return submission is not None and self.exercise.key not in submission

    @cached_property
    def examination(self) -> Examination:
        path, submission = self.path, self.config.getoption("kata_submission")
        if self.kata.submission is not None:
            path = self.kata.submission.get(self.exercise.key, path)
        return Examination(self.kata.judge(self.exercise), path, submission)

    def collect(self) -> Iterator["PropertyItem | AsideItem"]:
        reason = self.exercise.set_aside
        if reason is not None:
            yield AsideItem.of(self, reason)
            return
        try:
            properties = self.examination.judge.oracle.specification.properties
        except SuiteError as error:
            raise self.CollectError(str(error)) from None
        for device in self.kata.devices:
            for prop in properties:
                yield PropertyItem.of(self, prop, device)


class PropertyItem(pytest.Item):
    """One property of an exercise, judged on the learner's file on one device."""

    parent: ExerciseFile
    prop: Property
    device: str
    verdict: Verdict | None = None
    repeats: bool = False

    @classmethod
    def of(cls, parent: ExerciseFile, prop: Property, device: str) -> "PropertyItem":
        name = f"{prop.name}[{device}]"
        # An id given as text: pytest then takes the brackets for a parameter, as in an id that it
        # reads back for --lf.
        item = cls.from_parent(parent, name=name, nodeid=f"{parent.nodeid}::{name}")
        item.prop = prop
        item.device = device
        return item

    def runtest(self) -> None:
        if self.parent.is_missing:
            raise Refused
        examination = self.parent.examination
        try:
            with watched(self.config, self.parent.exercise.key), self.parent.kata.breakpoints():
                verdict = examination.verdict(self.prop, self.device)
        except CrashedBefore:
            verdict = examination.judge.crashed(self.prop, self.device, examination.file.path)
        self.verdict = verdict
        inputs = examination.judge.smallest.get((self.prop.name, self.device))
        if verdict.outcome == "failed" and inputs is not None and self.config.getoption("trace"):
            with terminal_free(self.config):
                debug(Failure(verdict, self.prop, examination.subject, inputs))
        if verdict.outcome != "passed":
            self.repeats = examination.repeats(verdict)
            raise Refused

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        match excinfo.value:
            case Refused():
                return ""
            case SuiteError() as error:
                return f"The exercise itself is broken, not your code.\n{error}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        if self.parent.is_missing:
            return self.path, 0, self.name
        file = self.parent.examination.file
        line = self.prop.line(file.lines)
        return Path(one_line(str(file.path))), line - 1, self.name

    def summary(self) -> Summary | None:
        """What is told of this item; None where the run was broken off before its verdict."""
        if self.verdict is None:
            return None
        examination, kata = self.parent.examination, self.parent.kata
        checks = len(examination.judge.oracle.specification.properties) * len(kata.all_devices)
        return examination.summary(
            self.prop,
            self.verdict,
            (self.parent.order, checks),
            self.config.invocation_params.dir,
            self.repeats,
        )


class AsideItem(pytest.Item):
    """Stands for an exercise that can't be judged here: it is skipped, and says why."""

    parent: ExerciseFile
    told: str

    @classmethod
    def of(cls, parent: ExerciseFile, reason: str) -> "AsideItem":
        item = cls.from_parent(parent, name="set_aside")
        item.told = f"{parent.exercise.key} {reason}"
        return item

    def runtest(self) -> None:
        pytest.skip(self.told)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


def arrange(items: list[pytest.Item]) -> None:
    """Put a learner's items in the curriculum's order, and keep one where one tells all.

    What isn't begun is one line and one letter, however many properties wait for it; so is a file
    that can't be read as Python, or that is missing in a submission.
    """
    seen: set[tuple[Path, tuple[str, ...]]] = set()
    kept: list[Any] = []
    for item in items:
        if isinstance(item, PropertyItem):
            waiting: tuple[str, ...] = ("its file",)
            if not item.parent.is_missing:
                waiting = item.parent.examination.file.waits_for(item.prop.targets)
            if waiting:
                if (item.path, waiting) in seen:
                    continue
                seen.add((item.path, waiting))
        kept.append(item)
    if all(isinstance(item, PropertyItem | AsideItem) for item in kept):
        kept.sort(key=lambda item: item.parent.order)
    items[:] = kept
