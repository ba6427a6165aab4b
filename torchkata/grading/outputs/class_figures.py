"""What a class did, in figures: how the points lie, and what went wrong in each exercise."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import fmean, quantiles

from torchkata.grading.grades import ExerciseGrade, Standing, StudentGrade

_MOST_BARS = 16
_SLOWEST = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """How the points of those who submitted lie; `lower` and `upper` are the quartiles."""

    submitted: int
    mean: float
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The students with points from `low` to `high`; a point on a border is in the upper bar."""

    low: float
    high: float
    students: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A misconception with its sentence, or a property with its own, and who it happened to.

    `students` are places in the class.
    """

    name: str
    sentence: str
    students: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """A property that only the student's process could tell of, and who passed it so."""

    name: str
    sentence: str
    rests_on: tuple[str, ...]
    students: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExerciseFigures:
    """How an exercise came out in the class: the most frequent mistakes first.

    `slowest` are places in the class with seconds of CPU time.
    """

    exercise: str
    out_of: float
    standings: Mapping[Standing, int]
    misconceptions: tuple[Mistake, ...]
    failed: tuple[Mistake, ...]
    slowest: tuple[tuple[int, float], ...]
    rests: tuple[Rest, ...]


def spread(grades: Sequence[StudentGrade]) -> Spread | None:
    """How the points of those who submitted lie; None where nobody did."""
    points = _submitted_points(grades)
    if not points:
        return None
    lower, middle, upper = (
        quantiles(points, method="inclusive") if len(points) > 1 else (points[0],) * 3
    )
    return Spread(len(points), fmean(points), lower, middle, upper)


def bars(grades: Sequence[StudentGrade]) -> tuple[Bar, ...]:
    """A histogram of the points of those who submitted, from 0 to all there are, of round width.

    Where all points are whole, so are the borders, and `high` is the highest that a bar holds.
    """
    points = _submitted_points(grades)
    if not points:
        return ()
    bottom = math.floor(min(0.0, *points))
    top = float(max(*points, *(each.out_of for each in grades)))
    whole = all(each.is_integer() for each in (*points, top))
    width = _width(top - bottom, whole)
    number = int((top - bottom) // width) + 1 if whole else math.ceil((top - bottom) / width) or 1
    held = Counter(min(int((each - bottom) / width), number - 1) for each in points)
    return tuple(
        Bar(
            bottom + place * width,
            min(bottom + (place + 1) * width - whole, top),
            held[place],
        )
        for place in range(number)
    )


def exercise_figures(grades: Sequence[StudentGrade]) -> tuple[ExerciseFigures, ...]:
    """How each exercise came out, in the order in which the first student has them."""
    found: dict[str, dict[int, ExerciseGrade]] = defaultdict(dict)
    for place, student in enumerate(grades):
        for each in student.exercises:
            found[each.exercise][place] = each
    return tuple(_figures(exercise, results) for exercise, results in found.items())


def _figures(exercise: str, results: Mapping[int, ExerciseGrade]) -> ExerciseFigures:
    misconceptions: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    failed: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    rests: dict[tuple[str, str, tuple[str, ...]], dict[int, None]] = defaultdict(dict)
    seconds: dict[int, float] = {}
    for place, grade in results.items():
        if grade.result is None:
            continue
        if grade.result.seconds > 0:
            seconds[place] = grade.result.seconds
        for each in grade.result.properties:
            if each.outcome == "failed":
                failed[each.name, each.sentence][place] = None
                if each.misconception is not None:
                    misconceptions[each.misconception, each.says or ""][place] = None
            elif each.outcome == "passed" and each.rests_on:
                rests[each.name, each.sentence, each.rests_on][place] = None
    return ExerciseFigures(
        exercise,
        max(each.out_of for each in results.values()),
        Counter(each.standing for each in results.values()),
        _by_frequency(misconceptions),
        _by_frequency(failed),
        tuple(sorted(seconds.items(), key=lambda each: -each[1])[:_SLOWEST]),
        tuple(Rest(*what, tuple(who)) for what, who in rests.items()),
    )


def _by_frequency(found: Mapping[tuple[str, str], Mapping[int, None]]) -> tuple[Mistake, ...]:
    mistakes = (Mistake(name, sentence, tuple(who)) for (name, sentence), who in found.items())
    return tuple(sorted(mistakes, key=lambda each: -len(each.students)))


def _submitted_points(grades: Sequence[StudentGrade]) -> list[float]:
    return [float(each.points) for each in grades if each.source]


def _width(extent: float, whole: bool) -> float:
    """The least of 1, 2, 5, 10, 20, … that makes no more bars than there is room for.

    Points that are not whole may want parts of one too.
    """
    powers = count(0 if whole else -2)
    widths = (step * 10.0**power for power in powers for step in (1, 2, 5))
    return next(each for each in widths if extent / each <= _MOST_BARS)
