"""A file of the suite as pytest collects it, a learner's or one that checks an exercise."""

from functools import cached_property
from pathlib import Path
from typing import Self

import pytest

from torchkata.practice.session import KataSession
from torchkata.suite.curriculum import Exercise


class FileOfExercise(pytest.File):
    """A file that belongs to one exercise. Its items are for a subclass to collect."""

    exercise: Exercise

    @classmethod
    def of(cls, parent: pytest.Collector, path: Path, exercise: Exercise) -> Self:
        node: Self = cls.from_parent(parent, path=path)
        node.exercise = exercise
        return node

    @cached_property
    def kata(self) -> KataSession:
        return KataSession.of(self.config)
