"""Practice under pytest: the learner's files as test files, their properties as test items."""

import bdb
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from torchkata.judge.verdict import Verdict
from torchkata.practice.crashes import CrashedBefore, watched
from torchkata.practice.examination import Examination
from torchkata.practice.failure import Failure, debug, terminal_free
from torchkata.practice.files import FileOfExercise
from torchkata.practice.selection import SET_ASIDE, selected
from torchkata.practice.summary import Summary
from torchkata.properties import Property
from torchkata.suite.curriculum import SuiteError
from torchkata.telling.headlines import reason
from torchkata.telling.paragraphs import one_line


class Refused(AssertionError, bdb.BdbQuit):
    """A verdict other than passed; its text is the headline.

    For pytest a debugger was left: --pdb would stop at the `raise`, where nothing is to be seen.
    """

    __module__ = "builtins"  # as pytest's own outcomes: reports name it without a path


class NotWritten(NotImplementedError, bdb.BdbQuit):
    """What is to be judged is not begun, or not handed in: reports tell it from a failure."""

    __module__ = "builtins"


_TO_DO = ("kata", "todo")
"""The property by which JUnit XML and reports as JSON tell what is to do from what is wrong."""


@dataclass(frozen=True)
class DeviceParameter:
    """Stands where pytest keeps the parameters of a test function."""

    id: str

    @property
    def params(self) -> Mapping[str, str]:
        return {"device": self.id}

    @property
    def indices(self) -> Mapping[str, int]:
        return {"device": 0}


class ExerciseFile(FileOfExercise):
    """A learner's file: one item for each property of its exercise on each device."""

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
    """One property of an exercise, judged on the learner's file on one device.

    `callspec` and `originalname` are what a test function with parameters has: by them editors and
    reports show the devices under the property. `summary` is what is told of it; None before its
    verdict, and where the run was broken off before it.
    """

    parent: ExerciseFile
    prop: Property
    device: str
    callspec: DeviceParameter
    originalname: str
    summary: Summary | None = None

    @classmethod
    def of(cls, parent: ExerciseFile, prop: Property, device: str) -> "PropertyItem":
        name = f"{prop.name}[{device}]"
        # An id given as text: pytest then takes the brackets for a parameter, as in an id that it
        # reads back for --lf.
        item = cls.from_parent(parent, name=name, nodeid=f"{parent.nodeid}::{name}")
        item.prop = prop
        item.device = device
        item.originalname = prop.name
        return item

    def runtest(self) -> None:
        self.summary = None
        if self.parent.is_missing:
            raise NotWritten(f"The submission has no file of {self.parent.exercise.key}.")
        examination = self.parent.examination
        try:
            with watched(self.config, self.parent.exercise.key), self.parent.kata.breakpoints():
                verdict = examination.verdict(self.prop, self.device)
        except CrashedBefore:
            verdict = examination.judge.crashed(self.prop, self.device, examination.file.path)
        self.summary = self._summary(verdict)
        if verdict.outcome == "failed" and (self.config.option.trace or self.config.option.usepdb):
            self._debug(verdict)
        if verdict.outcome == "todo":
            if _TO_DO not in self.user_properties:  # as it is where the item is run again
                self.user_properties.append(_TO_DO)
            raise NotWritten(self.summary["headline"])
        if verdict.outcome != "passed":
            raise Refused(self.summary["headline"])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        match excinfo.value:
            case Refused() | NotWritten() as told:
                # Plain text: what a run with colours shows instead is made where reports end.
                return str(told) if self.summary is None else self.summary["data"]["text"]
            case SuiteError() as error:
                return f"The exercise itself is broken, not your code.\n{error}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        if self.parent.is_missing:
            return self.path, 0, self.name
        file = self.parent.examination.file
        line = self.prop.line(file.lines)
        return Path(one_line(str(file.path))), line - 1, self.name

    def _debug(self, verdict: Verdict) -> None:
        """Run the learner's function on the smallest inputs that fail, under a debugger."""
        examination = self.parent.examination
        inputs = examination.judge.smallest.get((self.prop.name, self.device))
        if inputs is None:
            return
        with terminal_free(self.config):
            print(f"\n{verdict.sentence}\n{reason(verdict)}")
            try:
                debug(Failure(verdict, self.prop, examination.subject, inputs))
            except bdb.BdbQuit:
                pytest.exit("quitting the debugger")
            except Exception:
                pass  # it is what the verdict tells of

    def _summary(self, verdict: Verdict) -> Summary:
        examination, kata = self.parent.examination, self.parent.kata
        checks = len(examination.judge.oracle.specification.properties) * len(kata.all_devices)
        return examination.summary(
            self.prop,
            verdict,
            (self.parent.order, checks),
            self.config.invocation_params.dir,
            examination.repeats(self.prop, verdict),
        )


class AsideItem(pytest.Item):
    """Stands for an exercise that can't be judged here: it is skipped, and says why."""

    parent: ExerciseFile
    told: str

    @classmethod
    def of(cls, parent: ExerciseFile, reason: str) -> "AsideItem":
        item = cls.from_parent(parent, name=SET_ASIDE)
        item.told = f"{parent.exercise.key} {reason}"
        return item

    def runtest(self) -> None:
        pytest.skip(self.told)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


def hide_devices(items: Iterable[pytest.Item]) -> None:
    """Take away the parameters for a while.

    pytest would ask them for the scopes of their fixtures, to put the items in order.
    """
    for item in items:
        if isinstance(item, PropertyItem):
            vars(item).pop("callspec", None)


def show_devices(items: Iterable[pytest.Item]) -> None:
    """Give each of a learner's items its device as a parameter."""
    for item in items:
        if isinstance(item, PropertyItem):
            item.callspec = DeviceParameter(item.device)


def arrange(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put a learner's items in the curriculum's order, and keep one where one tells all.

    What isn't begun is one line and one letter, however many properties wait for it; so is a file
    that can't be read as Python, or that is missing in a submission. What was selected by its own
    id stays: an editor waits for its report, and shows an old one until it comes.
    """
    wanted = selected(config)
    seen: set[tuple[Path, tuple[str, ...]]] = set()
    kept: list[Any] = []
    for item in items:
        if isinstance(item, PropertyItem):
            waiting: tuple[str, ...] = ("its file",)
            if not item.parent.is_missing:
                waiting = item.parent.examination.file.waits_for(item.prop.targets)
            if waiting:
                known = (item.path, waiting) in seen
                if known and (item.path, item.name) not in wanted:
                    continue
                seen.add((item.path, waiting))
        kept.append(item)
    if all(isinstance(item, PropertyItem | AsideItem) for item in kept):
        kept.sort(key=lambda item: item.parent.order)
    items[:] = kept
