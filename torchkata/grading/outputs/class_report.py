"""The class at a glance: one HTML page that needs nothing else, on screen and on paper.

Whatever a student chose (names, files, output) is text in it and nothing more: the template escapes
it, the script makes text nodes of it, and the page's policy lets nothing run but its own script.
"""

import base64
import hashlib
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from itertools import groupby
from shlex import quote
from typing import Any, Final, get_args

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from torchkata.grading.grades import (
    ExerciseGrade,
    ExerciseResult,
    PropertyResult,
    Run,
    Standing,
    StudentGrade,
)
from torchkata.grading.outputs.class_figures import bars, exercise_figures, spread
from torchkata.grading.outputs.wording import figure
from torchkata.telling.pictures import verdict_css

STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

# What a browser does not draw, what it draws over other text, and what UTF-8 does not have.
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_LOOKS = {
    "tampering": "Tampering",
    "reach": "Reaches for what judges it",
    "handed in": "Handed in",
    "refused": "Refused",
    "not judged": "Not judged",
    "unread": "Can't be read",
    "crash": "Crash",
    "memory": "Memory",
    "time": "Time",
}
"""What a person should look at, the gravest first."""


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
    environment.filters |= {"number": _number, "moment": _moment, "share": _share}
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
        kinds=[_kinds(each) for each in grades],
        filters=_filters(grades),
        looks=_looks(grades),
        cells=[_cells(each, keys) for each in grades],
        looked=[len(_student_looks(each)) for each in grades],
        data=_inert(_data(grades, keys)),
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


def _number(value: float) -> str:
    return figure(value, 2)


def _moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M %Z}".strip() if value else ""


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _topics(exercises: Sequence[str]) -> list[tuple[str, int]]:
    """The topics with the number of exercises that stand together under each."""
    topics = groupby(exercises, key=lambda each: each.rpartition("/")[0])
    return [(topic, len(list(each))) for topic, each in topics]


def _is_late(grade: StudentGrade) -> bool:
    return grade.late or bool(grade.lateness and grade.lateness.days)


def _cells(grade: StudentGrade, exercises: Sequence[str]) -> list[ExerciseGrade | None]:
    """A student's row: what there is of each exercise."""
    found = {each.exercise: each for each in grade.exercises}
    return [found.get(each) for each in exercises]


def _kinds(grade: StudentGrade) -> list[str]:
    """All that a student can be filtered by."""
    standings = {each.standing for each in grade.exercises}
    told: dict[str, bool] = {
        "all solved": standings == {"solved"},
        **{str(each): each in standings for each in STANDINGS},
        "to look at": bool(_student_looks(grade)),
        "late": _is_late(grade),
        "changed by hand": any(each.override for each in grade.exercises),
        "nothing submitted": not grade.source,
    }
    return [kind for kind, holds in told.items() if holds]


def _filters(grades: Sequence[StudentGrade]) -> Mapping[str, int]:
    """How many students there are of each kind that there is."""
    return Counter(kind for each in grades for kind in _kinds(each))


def _looks(grades: Sequence[StudentGrade]) -> list[tuple[str, str, list[tuple[int, str, str]]]]:
    """What to look at by its kind: the kind, its title, and for each the place of the student in
    the class, the exercise and the sentence."""
    found: dict[str, list[tuple[int, str, str]]] = {kind: [] for kind in _LOOKS}
    for place, grade in enumerate(grades):
        for kind, exercise, says in _student_looks(grade):
            found[kind].append((place, exercise, says))
    return [(kind, _LOOKS[kind], each) for kind, each in found.items() if each]


def _student_looks(grade: StudentGrade) -> list[tuple[str, str, str]]:
    """What to look at of a student: its kind, the exercise if it is of one, and a sentence."""
    looks = [("unread", "", grade.problem)] if grade.problem else []
    looks += [(flag.kind, "", flag.says) for flag in grade.flags]
    for each in grade.exercises:
        flags = each.result.flags if each.result else ()
        looks += [(flag.kind, each.exercise, flag.says) for flag in flags]
        if each.standing == "not judged" and not flags:
            looks.append(("not judged", each.exercise, "It has no verdict: grade it again."))
    return looks


def _data(grades: Sequence[StudentGrade], exercises: Sequence[str]) -> dict[str, Any]:
    """What the script makes a student's section of. What is empty is left out.

    A verdict is told by the places of its lines among all lines, and by that of its picture: a
    class that is given the same inputs has most of them in common, and the page is a third of the
    size.
    """
    place = {exercise: number for number, exercise in enumerate(exercises)}
    known = _Known({}, {})
    students = [_student(each, place, known) for each in grades]
    return {
        "standings": list(STANDINGS),
        "exercises": list(exercises),
        "students": students,
        "lines": list(known.lines),
        "pictures": list(known.pictures),
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """The lines and pictures that verdicts have, each with its place among them."""

    lines: dict[str, int]
    pictures: dict[str, int]


def _student(grade: StudentGrade, place: Mapping[str, int], known: _Known) -> dict[str, Any]:
    who = grade.student
    facts = {
        "Id": who.id,
        "E-mail": who.email,
        "Login": who.login,
        "SIS id": who.sis_id,
        "Section": who.section,
        "Submission": grade.source or "nothing submitted",
        "Files": _look(grade),
        "On the process's word": _resting(grade),
        "Submitted": _moment(grade.submitted) + (" (late)" if grade.late else ""),
        "Lateness": grade.lateness.says if grade.lateness else "",
        "After lateness": _after(grade),
    }
    return _told(
        name=who.name or who.id,
        facts=[list(fact) for fact in facts.items() if fact[1]],
        points=round(grade.points, 2),
        outOf=round(grade.out_of, 2),
        submitted=grade.submitted.timestamp() if grade.submitted else None,
        looks=len(_student_looks(grade)),
        late=_is_late(grade),
        problem=grade.problem,
        notes=list(grade.notes),
        superseded=list(grade.superseded),
        left=[[each.path, each.why] for each in grade.left],
        exercises=[_exercise(each, place[each.exercise], known) for each in grade.exercises],
    )


def _look(grade: StudentGrade) -> str:
    """The command with which a teaching assistant looks at a student's files."""
    if not grade.source or not os.path.isdir(grade.source):
        return ""
    return f"pytest exercises --submission={quote(grade.source)}"


def _after(grade: StudentGrade) -> str:
    if grade.final == grade.points:
        return ""
    return f"{_number(grade.final)} of {_number(grade.points)} points"


def _resting(grade: StudentGrade) -> str:
    if not grade.resting:
        return ""
    return f"{_number(grade.resting)} of {_number(grade.points)} points"


def _exercise(grade: ExerciseGrade, place: int, known: _Known) -> dict[str, Any]:
    result = grade.result
    told = _told(
        points=round(grade.points, 2),
        outOf=round(grade.out_of, 2),
        **(_result(result, known) if result else {}),
    )
    if grade.override:
        told["override"] = {
            "computed": round(grade.computed, 2),
            "reason": grade.override.reason,
            "at": grade.override.at,
        }
    # Zero is told too: an exercise's place and that of its standing.
    return {"exercise": place, "standing": STANDINGS.index(grade.standing), **told}


def _result(result: ExerciseResult, known: _Known) -> dict[str, Any]:
    outcomes = Counter(each.outcome for each in result.properties)
    passed = [each for each in result.properties if each.outcome == "passed"]
    return {
        "file": result.file,
        "seconds": round(result.seconds, 2),
        "passed": outcomes["passed"],
        "untried": outcomes["untried"],
        "properties": len(result.properties),
        "flags": [[each.kind, each.says] for each in result.flags],
        "failed": [_failed(each, known) for each in result.properties if each.outcome == "failed"],
        "seed": str(result.seed) if result.draw else "",
        "rests": sorted({on for each in passed for on in each.rests_on}),
    }


def _failed(result: PropertyResult, known: _Known) -> dict[str, Any]:
    texts = {
        "name": result.name,
        "sentence": result.sentence,
        "headline": result.headline,
        "says": result.says,
        "text": result.text.strip("\n"),
    }
    picture = result.picture
    place = known.pictures.setdefault(picture, len(known.pictures)) if picture else None
    return _told(
        device=result.device,
        # As a list, so that the place 0 is told too.
        picture=[] if place is None else [place],
        rests=list(result.rests_on),
        **{
            each: [known.lines.setdefault(line, len(known.lines)) for line in text.split("\n")]
            for each, text in texts.items()
            if text
        },
    )


def _told(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
