"""The parts of the page that change, as HTML, from what the watch knows."""

from collections import Counter
from collections.abc import Callable, Hashable
from functools import lru_cache
from importlib import resources
from typing import Any, TypeVar

from jinja2 import Environment, StrictUndefined

from torchkata.practice.dashboard import place
from torchkata.practice.progress import Standing
from torchkata.practice.summary import worst
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.reference import lessons
from torchkata.suite.statement import first_line
from torchkata.suite.stubs import reserved_texts
from torchkata.watch import sight
from torchkata.watch.course import Course
from torchkata.watch.loop import Loop
from torchkata.watch.runner import signature
from torchkata.watch.view import SIGNS, WORDS, others, problem
from torchkata.watch.web.statement_html import StatementHtml, prose_html, statement_html

_T = TypeVar("_T")

REGIONS = ("progress", "status", "standing", "notes", "verdict", "hints", "statement", "exercises")


def regions(loop: Loop) -> dict[str, str]:
    """The HTML of each region, by its name."""
    known = _known(loop)
    macros = _template().module
    return {name: str(getattr(macros, name)(known)).strip() for name in REGIONS}


@lru_cache
def _template() -> Any:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["prose"] = prose_html
    text = resources.files(__package__).joinpath("regions.html.jinja").read_text("utf-8")
    return environment.from_string(text)


def _known(loop: Loop) -> dict[str, Any]:
    """What the template takes: plain values, text and lists."""
    course, runner = loop.course, loop.runner
    standing, exercise = course.standing, course.current
    outcome = sight.came_out(runner)
    more = runner.judging and not runner.stale
    states = Counter(each.state for each in course.standings)
    notes = [*filter(None, [loop.note]), *course.troubles.values()]
    statement: StatementHtml | None = None
    hints: tuple[str, ...] = ()
    try:
        statement = _read(statement_html, exercise)
        hints = _read(_hints, exercise)
        taken_along = _read(lessons, exercise) if outcome == "solved" and not more else []
    except SuiteError as error:
        taken_along = []
        notes.append(str(error))
    return {
        "exercise": exercise,
        "title": _title(exercise),
        "place": place(standing),
        "missing": standing.missing,
        "outcome": outcome,
        "sign": SIGNS[outcome or "todo"][0],
        "word": WORDS[outcome or "todo"],
        "doing": sight.doing(runner),
        "judged": sight.judged_at(runner),
        "notes": notes,
        "solved": states["solved"],
        "total": len(course.standings),
        "problem": problem(runner.ended, str(exercise.stub_path)) if runner.ended.problem else [],
        "parts": runner.parts,
        "worst": worst(runner.parts),
        "others": others(runner.parts) if runner.parts else [],
        "passed": sum(each["outcome"] == "passed" for each in runner.parts),
        "more": more,
        "lessons": taken_along,
        "before": _neighbour(course, -1),
        "after": _neighbour(course, 1),
        "statement": statement,
        "hints": hints,
        "seen": min(standing.hints, len(hints)),
        "topics": _topics(course),
    }


def _topics(course: Course) -> list[dict[str, Any]]:
    """The topics with the standings of what can be judged of each."""
    found: dict[str, list[Standing]] = {}
    for each in course.standings:
        found.setdefault(each.exercise.topic, []).append(each)
    return [
        {
            "name": topic.name,
            "title": topic.title,
            "current": topic.name == course.current.topic,
            "solved": sum(each.state == "solved" for each in found[topic.name]),
            "exercises": [
                {
                    "key": each.exercise.key,
                    "name": each.exercise.name,
                    "title": _title(each.exercise),
                    "state": each.state,
                    "sign": SIGNS[each.state][0],
                    "word": WORDS[each.state],
                    "current": each.exercise == course.current,
                }
                for each in found[topic.name]
            ],
        }
        for topic in course.suite.topics
        if topic.name in found
    ]


def _neighbour(course: Course, by: int) -> dict[str, str] | None:
    exercise = course.neighbour(by)
    return {"key": exercise.key, "title": _title(exercise)} if exercise is not None else None


def _title(exercise: Exercise) -> str:
    try:
        return _read(first_line, exercise)
    except SuiteError:
        return exercise.name


def _hints(exercise: Exercise) -> tuple[str, ...]:
    return reserved_texts(exercise, "HINTS")


def _read(read: Callable[[Exercise], _T], exercise: Exercise) -> _T:
    """What the files of an exercise say, read again only when they have changed."""
    told: _T = _reading(read, exercise, _files(exercise))
    return told


@lru_cache(maxsize=1024)
def _reading(read: Callable[[Exercise], Any], exercise: Exercise, files: Hashable) -> Any:
    return read(exercise)


def _files(exercise: Exercise) -> Hashable:
    return signature(exercise.solution_path), signature(exercise.test_path)
