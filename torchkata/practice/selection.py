"""What node ids on the command line select, and how pytest is told of it."""

import os
from pathlib import Path

import pytest

from torchkata.practice.session import KataSession, exercise_of
from torchkata.suite.curriculum import Exercise, SuiteError

SET_ASIDE = "set_aside"
"""The name of the one item of an exercise that can't be judged here."""


def resolve(config: pytest.Config) -> None:
    """Have the name of a function or class select its properties, before pytest collects.

    `one_hot.py::one_hot` selects what calls one_hot, `custom_dataset.py::ArrayDataset::__len__`
    what calls ArrayDataset. What is the name of a property, or of nothing, stays as it is.
    """
    config.args[:] = [each for argument in config.args for each in _resolved(config, argument)]


def selected(config: pytest.Config) -> frozenset[tuple[Path, str]]:
    """The paths and names of the items that were given one by one, as an editor does."""
    split = (_split(config, argument) for argument in config.args if "::" in argument)
    return frozenset((path, name) for path, name in split)


def _resolved(config: pytest.Config, argument: str) -> list[str]:
    if "::" not in argument:
        return [argument]
    path, name = _split(config, argument)
    exercise = exercise_of(config, path)
    if exercise is None or path != exercise.stub_path:
        return [argument]
    if exercise.set_aside is not None:
        names = [SET_ASIDE]
    else:
        names = _calling(config, exercise, name.partition("::")[0])
    return [f"{path}::{each}" for each in names] or [argument]


def _calling(config: pytest.Config, exercise: Exercise, name: str) -> list[str]:
    """The names of the properties that call a function of the exercise; none for other names."""
    try:
        properties = KataSession.of(config).judge(exercise).oracle.specification.properties
    except SuiteError:
        return []  # the file's collector will say it
    if any(prop.name == name.partition("[")[0] for prop in properties):
        return []
    return [prop.name for prop in properties if name in prop.targets]


def _split(config: pytest.Config, argument: str) -> tuple[Path, str]:
    """The path of a node id, absolute as pytest makes it, and what stands behind it."""
    path, _, name = argument.partition("::")
    return Path(os.path.abspath(config.invocation_params.dir / path)), name
