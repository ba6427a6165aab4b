"""What must hold of an exercise, as items of pytest: the files that check the suite itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest

from torchkata.judge.judging import Judge
from torchkata.judge.oracle import Subject
from torchkata.judge.verdict import Verdict
from torchkata.practice.files import FileOfExercise
from torchkata.suite.curriculum import SuiteError
from torchkata.telling.rendering import render


class NotAsItMustBe(Exception):
    """A sentence on what is wrong with an exercise."""


@dataclass(frozen=True)
class Check:
    """One thing that must hold of an exercise; `run` raises NotAsItMustBe where it doesn't."""

    name: str
    run: Callable[[], None]


class CheckedFile(FileOfExercise):
    """A file of checks of one exercise."""

    @cached_property
    def judge(self) -> Judge:
        return self.kata.checker(self.exercise)

    @cached_property
    def devices(self) -> tuple[str, ...]:
        return self.kata.devices

    def checks(self) -> Iterator[Check]:
        raise NotImplementedError

    def collect(self) -> Iterator["CheckItem"]:
        reason = self.exercise.set_aside
        if reason is not None:
            told = f"{self.exercise.key} {reason}"
            yield CheckItem.of(self, Check("set_aside", partial(pytest.skip, told)))
            return
        try:
            for check in self.checks():
                yield CheckItem.of(self, check)
        except SuiteError as error:
            raise self.CollectError(str(error)) from None


class CheckItem(pytest.Item):
    """A check as a test item."""

    check: Check

    @classmethod
    def of(cls, parent: CheckedFile, check: Check) -> "CheckItem":
        # An id given as text, so that pytest reads brackets in it as it does for --lf.
        item = cls.from_parent(parent, name=check.name, nodeid=f"{parent.nodeid}::{check.name}")
        item.check = check
        return item

    def runtest(self) -> None:
        self.check.run()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        if isinstance(excinfo.value, NotAsItMustBe | SuiteError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


def first_failure(judge: Judge, subject: Subject, device: str) -> Verdict | None:
    """The verdict on the first property that is not passed; None where all are."""
    for prop in judge.oracle.specification.properties:
        verdict = judge.judge(prop, subject, device, search=False)
        if verdict.outcome != "passed":
            return verdict
    return None


def text_of(verdict: Verdict) -> str:
    """A verdict as a learner reads it."""
    return render(verdict).plain
