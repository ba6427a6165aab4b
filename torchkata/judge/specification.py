"""What an exercise's test file says: its properties and its misconceptions."""

import importlib.util
import sys
import types
from dataclasses import dataclass

from torchkata.properties import Misconception, Property
from torchkata.suite.curriculum import Exercise, SuiteError


@dataclass(frozen=True, slots=True)
class Specification:
    """All that an exercise's test file says."""

    exercise: Exercise
    properties: tuple[Property, ...]
    misconceptions: tuple[Misconception, ...]


def specification(exercise: Exercise) -> Specification:
    """Load an exercise's test file, under the name `tests.<topic>.test_<name>`.

    Raises SuiteError where it can't be loaded or holds no property.
    """
    return specification_in(_test_module(exercise), exercise)


def specification_in(module: types.ModuleType, exercise: Exercise) -> Specification:
    """What a loaded test file says. Raises SuiteError where it holds no property."""
    found = list(vars(module).items())
    properties = tuple(value for _, value in found if isinstance(value, Property))
    marks = [
        vars(value).get("__misconception__") for _, value in found if hasattr(value, "__dict__")
    ]
    misconceptions = tuple(mark for mark in marks if isinstance(mark, Misconception))
    if not properties:
        raise SuiteError(f"{exercise.test_path}: holds no property: add a function with @forall")
    return Specification(exercise, properties, misconceptions)


def _test_module(exercise: Exercise) -> types.ModuleType:
    name = f"tests.{exercise.topic}.test_{exercise.name}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, exercise.test_path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except SuiteError:
        del sys.modules[name]
        raise
    except Exception as error:
        del sys.modules[name]
        raise SuiteError(f"{exercise.test_path}: {type(error).__name__}: {error}") from error
    return module
