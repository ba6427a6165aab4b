"""A class in figures: where the points lie."""

import pytest

from torchkata.grading.grades import ExerciseGrade, Override, Student, StudentGrade
from torchkata.grading.outputs.class_figures import Bar, Spread, bars, spread


def a_class(out_of, *points, source="a.zip"):
    """A student for each of `points`, as an instructor gave them."""
    return [
        StudentGrade(
            Student(str(place)),
            (ExerciseGrade("a/b", out_of, 0.0, None, Override(each, "", "")),),
            source,
        )
        for place, each in enumerate(points)
    ]


@pytest.mark.parametrize(
    ("out_of", "points", "wanted"),
    [
        (2.0, (0, 2, 2), [(0, 0, 1), (1, 1, 0), (2, 2, 2)]),
        (1.0, (0.5, 1.0), [(0.4, 0.5, 0), (0.5, 0.6, 1), (0.9, 1.0, 1)]),
        (50.0, (4, 5, 49, 50), [(0, 4, 1), (5, 9, 1), (45, 49, 1), (50, 50, 1)]),
        (50.0, (4.5, 50.0), [(0, 5, 1), (45, 50, 1)]),
        (2.0, (-1, 4), [(-1, -1, 1), (4, 4, 1)]),
        (0.0, (0,), [(0, 0, 1)]),
        (0.01, (0.01,), [(0, 0.01, 1)]),
        (5000.0, (1, 4999), [(0, 499, 1), (4500, 4999, 1), (5000, 5000, 0)]),
    ],
)
def test_bars_are_of_round_width_and_hold_everyone(out_of, points, wanted):
    found = bars(a_class(out_of, *points))
    rounded = [(round(each.low, 2), round(each.high, 2), each.students) for each in found]
    assert set(wanted) <= set(rounded)
    assert sum(each.students for each in found) == len(points)
    assert len(found) <= 17


def test_those_who_submitted_nothing_count_in_no_figure():
    some = [*a_class(4, 1, 2, 3), *a_class(4, 0, 0, source="")]
    assert spread(some) == Spread(submitted=3, mean=2.0, lower=1.5, median=2.0, upper=2.5)
    assert bars(some)[0] == Bar(0, 0, 0)


def test_one_student_has_every_quartile():
    assert spread(a_class(4, 3)) == Spread(1, 3.0, 3.0, 3.0, 3.0)


def test_without_submissions_there_are_no_figures():
    assert spread(a_class(4, 0, source="")) is None
    assert bars(a_class(4, 0, source="")) == ()
