"""Practice under pytest: the learner's files as test files, their properties as test items."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from torchkata.closing import Summary
from torchkata.crashes import CrashedBefore, watched
from torchkata.judging import Judge, Subject
from torchkata.loading import LearnerFile, NotLoadable
from torchkata.properties import Property
from torchkata.rendering import render
from torchkata.session import KataSession
from torchkata.suite import Exercise, SuiteError
from torchkata.verdict import Verdict


class Refused(Exception):
    """A verdict other than passed, on its way to the report.

    It `repeats` where the file can't be judged for a reason that an earlier item has told.
    """

    def __init__(self, verdict: Verdict, repeats: bool) -> None:
        super().__init__(verdict.outcome)
        self.verdict = verdict
        self.repeats = repeats


class ExerciseFile(pytest.File):
    """A learner's file: one item for each property of its exercise on each device."""

    exercise: Exercise

    @cached_property
    def _failed(self) -> dict[str, str]:
        """The properties that failed, each with its first device."""
        return {}

    @cached_property
    def _said(self) -> set[str]:
        return set()

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
    def judge(self) -> Judge:
        return self.kata.judge(self.exercise)

    @cached_property
    def file(self) -> LearnerFile:
        return LearnerFile(self.path, self.exercise)

    @cached_property
    def hash(self) -> str:
        """The first seven digits of the SHA-256 of the file's bytes."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()[:7]

    @cached_property
    def _loaded(self) -> Subject | NotLoadable:
        name = f"exercises.{self.exercise.topic}.{self.exercise.name}"
        try:
            return self.judge.learner(self.file, name)
        except NotLoadable as error:
            return error

    def verdict(self, prop: Property, device: str) -> Verdict:
        """The verdict on one property.

        Only the first that fails is searched for and diagnosed, and what has failed on one device
        is not tried on the next.
        """
        todo = self.judge.todo(prop, device, self.file)
        if todo is not None:
            return todo
        if isinstance(self._loaded, NotLoadable):
            return self.judge.unloadable(prop, device, self.path, self._loaded)
        breach = self.judge.breach(prop, self._loaded, device)
        if breach is not None:
            return breach
        if prop.name in self._failed:
            return self.judge.failed_elsewhere(prop, self._loaded, device, self._failed[prop.name])
        verdict = self.judge.judge(prop, self._loaded, device, brief=bool(self._failed))
        if verdict.outcome == "failed":
            self._failed[prop.name] = device
        return verdict

    def is_new(self, reason: str) -> bool:
        """Whether this is the first time that the file can't be judged for this reason."""
        new = reason not in self._said
        self._said.add(reason)
        return new

    def collect(self) -> Iterator["PropertyItem"]:
        try:
            properties = self.judge.specification.properties
        except SuiteError as error:
            raise self.CollectError(str(error)) from None
        for prop in properties:
            for device in self.kata.devices:
                yield PropertyItem.of(self, prop, device)


class PropertyItem(pytest.Item):
    """One property of an exercise, judged on the learner's file on one device."""

    parent: ExerciseFile
    prop: Property
    device: str

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
        try:
            with watched(self.config, self.parent.exercise.key):
                verdict = self.parent.verdict(self.prop, self.device)
        except CrashedBefore:
            verdict = self.parent.judge.crashed(self.prop, self.device, self.path)
        if verdict.outcome != "passed":
            reason = verdict.refusal or ", ".join(verdict.unwritten)
            raise Refused(verdict, repeats=bool(reason) and not self.parent.is_new(reason))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        match excinfo.value:
            case Refused(verdict=verdict):
                name = self.parent.exercise.name
                here = self.config.invocation_params.dir
                shown = replace(verdict, path=os.path.relpath(verdict.path, here))
                node = self.nodeid.replace(str(self.path), shown.path)
                return render(shown, f"kata hint {name}", f'pytest "{node}"')
            case SuiteError() as error:
                return f"The exercise itself is broken, not your code.\n{error}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        lines = self.parent.file.lines
        line = next((lines[name] for name in self.prop.targets if name in lines), 1)
        return self.path, line - 1, self.name

    def summary(self, refused: Refused | None) -> Summary:
        """What the terminal tells of this item."""
        path, line, _ = self.reportinfo()
        verdict = refused.verdict if refused else None
        return {
            "exercise": self.parent.exercise.key,
            "order": self.parent.order,
            "name": self.parent.exercise.name,
            "path": str(path.relative_to(self.parent.exercise.root)),
            "line": verdict.line if verdict else line + 1,
            "hash": self.parent.hash,
            "outcome": verdict.outcome if verdict else "passed",
            "unwritten": list(verdict.unwritten) if verdict else [],
            "repeats": refused is not None and refused.repeats,
        }


def arrange(items: list[pytest.Item]) -> None:
    """Put a learner's items in the curriculum's order, and keep one where one tells all.

    What isn't begun is one line and one letter, however many properties wait for it; so is a file
    that can't be read as Python.
    """
    seen: set[tuple[Path, tuple[str, ...]]] = set()
    kept: list[Any] = []
    for item in items:
        if isinstance(item, PropertyItem):
            file = item.parent.file
            waiting = (
                file.unbegun(item.prop.targets) if file.is_begun else ("all",)
            ) or file.unreadable
            if waiting:
                key = (item.path, waiting)
                if key in seen:
                    continue
                seen.add(key)
        kept.append(item)
    if all(isinstance(item, PropertyItem) for item in kept):
        kept.sort(key=lambda item: item.parent.order)
    items[:] = kept
