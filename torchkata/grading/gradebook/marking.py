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
