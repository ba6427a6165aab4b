"""GitHub Classroom's results: a test for each exercise, as JSON and as the output of a step.

The step's output is a line for `$GITHUB_OUTPUT`; the reporter reads it as `<RUNNER-ID>_RESULTS`.
"""

import base64
import json
from typing import Any

from torchkata.grading.grades import ExerciseGrade, Run, Standing, StudentGrade
from torchkata.grading.outputs import wording
from torchkata.grading.outputs.harmless import cut, lines, one_line

_LONGEST = 500
_STATUS: dict[Standing, str] = {"solved": "pass", "not judged": "error"}


def classroom(run: Run, grade: StudentGrade) -> dict[str, str]:
    """The JSON of a student, and the line with the same in base64."""
    tests = [_test(each, number, run.limit) for number, each in enumerate(grade.exercises)]
    statuses = {test["status"] for test in tests}
    results: dict[str, Any] = {
        "version": 3,
        "status": next((each for each in ("error", "fail") if each in statuses), "pass"),
        "max_score": round(grade.out_of, 4),
        "tests": tests,
    }
    if grade.problem:
        results["message"] = cut(lines(grade.problem), _LONGEST)
    text = json.dumps(results, allow_nan=False)
    coded = base64.b64encode(text.encode()).decode()
    return {".json": f"{text}\n", ".output": f"result={coded}\n"}


def _test(grade: ExerciseGrade, number: int, limit: float) -> dict[str, Any]:
    path = f"exercises/{grade.exercise}.py"
    test: dict[str, Any] = {
        "name": one_line(f"{grade.exercise}: {wording.standing(grade)}"),
        "status": _STATUS.get(grade.standing, "fail"),
        "test_code": f"pytest {path}",
        "task_id": number,
        "filename": path,
        "line_no": 1,
        "duration": round(grade.result.seconds, 3) if grade.result else 0.0,
        "score": round(grade.final, 4),
    }
    told = [wording.override(grade)]
    if grade.standing != "solved":
        told += wording.sentences(grade, limit)
        failed = [each for each in wording.shown(grade) if each.outcome == "failed"]
        told += [f"{each.sentence or each.name} {each.headline}".strip() for each in failed]
        told.append(wording.hidden(grade) if grade.standing == "failing" else "")
        test["message"] = cut(lines("\n".join(filter(None, told))), _LONGEST)
    return test
