"""The class at a glance: one HTML page that needs nothing else, on screen and on paper.

Whatever a student chose (names, files, output) is text in it and nothing more: the template escapes
it, the script makes text nodes of it, and the page's policy lets nothing run but its own script.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from itertools import groupby
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from torchkata.grading.grades import STANDINGS, ExerciseGrade, Run, StudentGrade
from torchkata.grading.outputs.class_data import moment, number, script_data
from torchkata.grading.outputs.class_figures import bars, exercise_figures, spread
from torchkata.grading.outputs.class_looks import filters, kinds, looks, student_looks
from torchkata.telling.pictures import verdict_css

# What a browser does not draw, what it draws over other text, and what UTF-8 does not have.
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def class_report(run: Run, grades: Sequence[StudentGrade], made: datetime) -> str:
    """The page for a class, `made` at that time. It has UTF-8 for every character.

    Raises nothing, whatever the students' names and outputs are.
    """
    template, style, script = (
        resources.files(__package__).joinpath(f"class_report.{each}").read_text("utf-8")
        for each in ("html.jinja", "css", "js")
    )
    style += verdict_css()
    exercises = exercise_figures(grades)
    keys = [each.exercise for each in exercises]
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    environment.filters |= {"number": number, "moment": moment, "share": _share}
    return environment.from_string(template).render(
        run=run,
        made=made,
        style=Markup(style),
        style_hash=_policy_hash(style),
        script=Markup(script),
        script_hash=_policy_hash(script),
        students=grades,
        spread=spread(grades),
        bars=bars(grades),
        exercises=exercises,
        numbers={key: number for number, key in enumerate(keys)},
        topics=_topics(keys),
        out_of=max((each.out_of for each in grades), default=0),
        standings=STANDINGS,
        kinds=[kinds(each) for each in grades],
        filters=filters(grades),
        looks=looks(grades),
        cells=[_cells(each, keys) for each in grades],
        looked=[len(student_looks(each)) for each in grades],
        data=_inert(script_data(grades, keys)),
    )


def _inert(data: Any) -> Any:
    """The data with an escape for each character that can't be seen or turns a line around."""
    match data:
        case Markup():
            return data
        case str():
            return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), data)
        case list():
            return [_inert(each) for each in data]
        case dict():
            return {key: _inert(value) for key, value in data.items()}
    return data


def _policy_hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _topics(exercises: Sequence[str]) -> list[tuple[str, int]]:
    """The topics with the number of exercises that stand together under each."""
    topics = groupby(exercises, key=lambda each: each.rpartition("/")[0])
    return [(topic, len(list(each))) for topic, each in topics]


def _cells(grade: StudentGrade, exercises: Sequence[str]) -> list[ExerciseGrade | None]:
    """A student's row: what there is of each exercise."""
    found = {each.exercise: each for each in grade.exercises}
    return [found.get(each) for each in exercises]
