"""What a policy on lateness comes to for a student."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from torchkata.grading.gradebook.lateness import lateness, unknown_extensions
from torchkata.grading.grades import Student, StudentGrade, Submission
from torchkata.grading.intake.lateness import Late

DUE = datetime(2026, 10, 5, 23, 59, tzinfo=timezone(timedelta(hours=2)))
POLICY = Late(DUE, 10, 25, extensions={"b@x.org": DUE + timedelta(days=3)})
UNKNOWN = "When it was submitted is not known for sure: nothing is taken off."


def told(submitted, policy=POLICY, clocked=True, late=False, **student):
    grade = StudentGrade(
        Student("ada", **student), (), "ada.zip", submitted, late=late, clocked=clocked
    )
    found = lateness(policy, grade)
    return found.days, found.percent, found.says


@pytest.mark.parametrize(
    ("after", "days", "percent"),
    [
        (-timedelta(days=400), 0, 0),
        (timedelta(), 0, 0),
        (timedelta(seconds=1), 1, 10),
        (timedelta(days=1), 1, 10),
        (timedelta(days=1, microseconds=1), 2, 20),
        (timedelta(days=2, seconds=1), 3, 25),
        (timedelta(days=300), 300, 25),
    ],
)
def test_each_day_that_has_begun_costs_up_to_the_cap(after, days, percent):
    assert told((DUE + after).astimezone(UTC))[:2] == (days, percent)


def test_it_is_said_in_a_sentence():
    assert told(DUE + timedelta(hours=30))[2] == (
        "20 % is taken off: 2 days late, due 2026-10-05 23:59 UTC+02:00."
    )
    assert told(DUE) == (0, 0, "")


def test_an_extension_holds_for_its_student():
    late = DUE + timedelta(days=3)
    assert told(late, email="b@x.org")[:2] == (0, 0)
    assert told(late + timedelta(hours=1), email="b@x.org")[:2] == (1, 10)
    assert told(late)[:2] == (3, 25)


def test_without_a_time_that_can_be_trusted_nothing_is_taken_off():
    late = DUE + timedelta(days=3)
    assert told(late, clocked=False) == (0, 0, UNKNOWN)
    assert told(None) == (0, 0, UNKNOWN)
    assert told(late, clocked=False, late=True) == (
        0,
        0,
        "When it was submitted is not known for sure, though it is marked as late: nothing is "
        "taken off.",
    )


def test_a_time_without_an_offset_needs_the_zone_of_the_learning_system():
    naive = datetime(2026, 10, 6, 0, 30)
    assert told(naive) == (
        0,
        0,
        "The learning system gives its time without a zone, and the assignment has no late.zone: "
        "nothing is taken off for lateness.",
    )
    assert told(naive, Late(DUE, 10, zone="Europe/Berlin"))[:2] == (1, 10)
    assert told(naive, Late(DUE, 10, zone="Asia/Tokyo"))[:2] == (0, 0)


def test_who_submitted_nothing_is_not_late():
    assert lateness(POLICY, StudentGrade(Student("ada"), ())).says == ""


def test_an_extension_of_nobody_is_told():
    class_ = [Submission(Student("ada", email="b@x.org"), "", {})]
    assert list(unknown_extensions(POLICY, class_)) == []
    policy = Late(DUE, 10, extensions={"adaa": DUE})
    assert list(unknown_extensions(policy, class_)) == [
        "late.extensions.adaa: nobody in the class has that id, login or email. Did you mean ada?"
    ]
