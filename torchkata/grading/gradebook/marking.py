"""The points that a result is worth."""

from torchkata.grading.grades import ExerciseResult
from torchkata.grading.intake.assignment import Assigned


def points(assigned: Assigned, result: ExerciseResult | None) -> float:
    """The points for an exercise, from 0 to `assigned.points`; 0 where there is no result."""
    if result is None:
        return 0.0
    if assigned.scoring == "all":
        return assigned.points if result.standing == "solved" else 0.0
    if not result.properties:
        return 0.0
    passed = sum(each.outcome == "passed" for each in result.properties)
    return assigned.points * (passed / len(result.properties))


def resting(assigned: Assigned, result: ExerciseResult | None) -> float:
    """Those of the points that a hostile process could have got by a lie about a passed property.

    Where a solved exercise is all or nothing, one such property has all its points rest on it.
    """
    if result is None or not result.properties:
        return 0.0
    resting = sum(each.outcome == "passed" and bool(each.rests_on) for each in result.properties)
    if assigned.scoring == "all":
        return points(assigned, result) if resting else 0.0
    return assigned.points * (resting / len(result.properties))
