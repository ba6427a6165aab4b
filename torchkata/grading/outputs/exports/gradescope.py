"""Gradescope's results.json: a test for each exercise, and one for each property that is shown.

The score at the top decides; the scores of the exercises add up to it. Hidden properties are not
among the tests, since a single hidden test would hide the total.
"""

import json
from collections.abc import Iterator
from typing import Any

from torchkata.grading.grades import ExerciseGrade, PropertyResult, Run, StudentGrade
from torchkata.grading.outputs import wording
from torchkata.grading.outputs.harmless import cut, lines, one_line


def gradescope(run: Run, grade: StudentGrade) -> dict[str, str]:
    """The results.json of a student."""
    tests: list[dict[str, Any]] = []
    for number, each in enumerate(grade.exercises, start=1):
        tests.append(_exercise(each, str(number), run.limit))
        if each.standing == "failing":
            shown = enumerate(wording.shown(each), start=1)
            tests += [_property(prop, f"{number}.{place}") for place, prop in shown]
    results = {
        "score": round(grade.final, 4),
        "execution_time": round(sum(e.result.seconds for e in grade.exercises if e.result), 3),
        "output": _text("\n".join(_remarks(grade))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"points_on_the_process_word": round(grade.resting, 4)},
        "tests": tests,
    }
    return {".json": json.dumps(results, indent=1, allow_nan=False) + "\n"}


def _remarks(grade: StudentGrade) -> Iterator[str]:
    if not grade.source:
        yield "Nothing was submitted."
    if grade.late:
        yield "It was submitted late."
    if grade.lateness and grade.lateness.says:
        yield one_line(grade.lateness.says)
    if grade.problem:
        yield f"It could not be read: {one_line(grade.problem)}"
    yield from map(one_line, grade.notes)


def _exercise(grade: ExerciseGrade, number: str, limit: float) -> dict[str, Any]:
    told = [wording.override(grade), *wording.sentences(grade, limit)]
    if grade.standing == "failing":
        told.append(wording.hidden(grade))
    return {
        "score": round(grade.final, 4),
        "max_score": round(grade.out_of, 4),
        "status": "passed" if grade.standing == "solved" else "failed",
        "name": one_line(f"{grade.exercise}: {wording.standing(grade)}"),
        "number": number,
        "output": _text("\n".join(filter(None, told))),
        "visibility": "visible",
    }


def _property(result: PropertyResult, number: str) -> dict[str, Any]:
    """A property as a test without a score: the points are the exercise's."""
    if result.outcome == "passed":
        output = ""
    elif result.outcome == "failed":
        output = result.text or result.headline
    else:
        output = f"This property was {wording.came_out(result.outcome)}."
    return {
        "status": "passed" if result.outcome == "passed" else "failed",
        "name": one_line(result.sentence or result.name),
        "number": number,
        "output": _text(output),
        "visibility": "visible",
    }


def _text(text: str) -> str:
    # As Gradescope itself does with NUL, and before it cuts what it would cut without a word.
    return cut(lines(text.replace("\0", "\ufffd")))
