"""What a grade depends on is in its key."""

import platform
from dataclasses import replace
from importlib.metadata import version

import pytest

from torchkata.grading.gradebook.keys import exercise_digest
from torchkata.grading.intake.assignment import Assignment
from torchkata.suite import digests
from torchkata.suite.curriculum import read_suite

ASSIGNMENT = Assignment("", (), ("cpu",), limit=60, seed=0)


@pytest.fixture
def exercise(little):
    return read_suite(little.root).find("double")


@pytest.mark.parametrize("library", ["torch", "numpy", "hypothesis"])
def test_another_version_of_a_library_makes_another_key(exercise, library, monkeypatch):
    before = exercise_digest(exercise, ASSIGNMENT)
    newer = {library: "999.0"}
    monkeypatch.setattr(digests, "version", lambda name: newer.get(name) or version(name))
    digests.libraries.cache_clear()
    after = exercise_digest(exercise, ASSIGNMENT)
    digests.libraries.cache_clear()
    assert after != before


def test_another_python_seed_device_or_limit_makes_another_key(exercise, monkeypatch):
    keys = [exercise_digest(exercise, ASSIGNMENT)]
    for change in ({"seed": 1}, {"devices": ("cpu", "sim")}, {"limit": 61}, {"memory": 99}):
        keys.append(exercise_digest(exercise, replace(ASSIGNMENT, **change)))
    monkeypatch.setattr(platform, "python_version", lambda: "3.99.0")
    keys.append(exercise_digest(exercise, ASSIGNMENT))
    assert len(set(keys)) == len(keys)


def test_a_file_that_the_tests_import_is_part_of_the_key(exercise):
    helper = exercise.root / "tests" / "helper.py"
    helper.write_text("")
    exercise.test_path.write_text("from tests import helper\n" + exercise.test_path.read_text())
    before = exercise_digest(exercise, ASSIGNMENT)
    helper.write_text("CHANGED = True\n")
    assert exercise_digest(exercise, ASSIGNMENT) != before
