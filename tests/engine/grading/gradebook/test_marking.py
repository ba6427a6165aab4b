"""The points that a result is worth."""

from dataclasses import replace

import pytest

from torchkata.grading.gradebook.marking import points, resting
from torchkata.grading.grades import ExerciseResult, PropertyResult
from torchkata.grading.intake.assignment import Assigned


def result(standing, outcomes):
    properties = tuple(
        PropertyResult(f"p{number}", "", outcome) for number, outcome in enumerate(outcomes.split())
    )
    return ExerciseResult("times/double", "key", standing, properties=properties)


@pytest.mark.parametrize(
    ("standing", "outcomes", "all_or_nothing", "share"),
    [
        ("solved", "passed passed passed passed", 6, 6),
        ("failing", "passed failed passed passed", 0, 4.5),
        ("failing", "failed failed", 0, 0),
        ("failing", "passed untried untried todo", 0, 1.5),
        ("todo", "todo todo", 0, 0),
        ("missing", "", 0, 0),
        ("not judged", "untried untried", 0, 0),
    ],
)
def test_points_are_all_or_nothing_or_a_share(standing, outcomes, all_or_nothing, share):
    found = result(standing, outcomes)
    assert points(Assigned("times/double", 6.0), found) == all_or_nothing
    assert points(Assigned("times/double", 6.0, "share"), found) == share


@pytest.mark.parametrize("scoring", ["all", "share"])
def test_no_result_is_worth_nothing(scoring):
    assert points(Assigned("times/double", 6.0, scoring), None) == 0


def test_all_of_three_thirds_is_the_whole():
    found = result("solved", "passed passed passed")
    assert points(Assigned("times/double", 0.1, "share"), found) == 0.1


def test_points_rest_on_the_process_where_a_passed_property_does():
    found = result("solved", "passed passed passed")
    assert resting(Assigned("times/double", 6.0), found) == 0
    one, *others = found.properties
    found = replace(found, properties=(replace(one, rests_on=("operations",)), *others))
    assert resting(Assigned("times/double", 6.0), found) == 6
    assert resting(Assigned("times/double", 6.0, "share"), found) == 2
    failed = replace(found, standing="failing")
    assert resting(Assigned("times/double", 6.0), failed) == 0
    assert resting(Assigned("times/double", 6.0), None) == 0
