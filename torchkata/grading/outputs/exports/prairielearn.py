"""PrairieLearn's results.json of an external grader: a test for each exercise.

The score is the share of all points, from 0 to 1; the file has less than the 1 MB that it may have.
"""

import json
from typing import Any

from torchkata.grading.grades import ExerciseGrade, Run, StudentGrade
from torchkata.grading.outputs import wording
from torchkata.grading.outputs.harmless import cut, lines, one_line

_CHARACTERS = 150_000
"""Of all output together; JSON has up to 6 bytes for one."""


def prairielearn(run: Run, grade: StudentGrade) -> dict[str, str]:
    """The results.json of a student."""
    longest = max(_CHARACTERS // max(len(grade.exercises), 1), 200)
    results: dict[str, Any] = {
        "gradable": True,
        "score": min(grade.final / grade.out_of, 1.0) if grade.out_of else 0.0,
        "tests": [_test(each, run.limit, longest) for each in grade.exercises],
    }
    told = [*grade.notes[:20]]
    if not grade.source:
        told.append("Nothing was submitted.")
    if grade.problem:
        told.append(f"It could not be read: {grade.problem}")
    if grade.lateness:
        told.append(grade.lateness.says)
    if message := "\n".join(one_line(each) for each in told if each):
        results["message"] = cut(message, longest)
    return {".json": json.dumps(results, allow_nan=False) + "\n"}


def _test(grade: ExerciseGrade, limit: float, longest: int) -> dict[str, Any]:
    told = [wording.override(grade), *wording.sentences(grade, limit)]
    output = ""
    if grade.standing == "failing":
        told.append(wording.hidden(grade))
        failed = [each for each in wording.shown(grade) if each.outcome == "failed"]
        output = "\n\n".join(
            f"{each.sentence or each.name}\n{each.text or each.headline}" for each in failed
        )
    return {
        "name": one_line(f"{grade.exercise}: {wording.standing(grade)}"),
        "points": round(grade.final, 4),
        "max_points": round(grade.out_of, 4),
        "message": cut(lines("\n".join(filter(None, told))), max(longest // 10, 100)),
        "output": cut(lines(output), longest - longest // 10),
    }
