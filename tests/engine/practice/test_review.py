"""Solved exercises that come back: when, in which order, and what becomes of the old answer."""

import sqlite3
from datetime import date, timedelta

import pytest

from torchkata.practice import progress
from torchkata.practice.progress import BOXES, Judged, file_hash, following, record, record_hints
from torchkata.practice.review import begin, cards, due
from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import stub_of

pytestmark = pytest.mark.quick

TODAY = date.today()


@pytest.fixture
def suite(little):
    return read_suite(little.root)


def solve(suite, name, days_ago=0):
    """Write an answer, and write down that it was solved some days ago."""
    exercise = suite.find(name)
    exercise.stub_path.write_text(exercise.solution_path.read_text())
    judge(suite, name, "solved")
    if days_ago:
        day = f"{TODAY - timedelta(days=days_ago)}T12:00:00+00:00"
        write(suite, "UPDATE progress SET solved_at = ? WHERE exercise = ?", (day, exercise.key))


def judge(suite, name, state):
    exercise = suite.find(name)
    record(suite.root, [Judged(exercise.key, state, file_hash(exercise.stub_path), 1)])


def write(suite, command, values):
    with sqlite3.connect(suite.root / progress.FILE) as database:
        database.execute(command, values)
    database.close()


def standing(suite, name):
    return progress.standings(suite)[suite.exercises.index(suite.find(name))]


def box(suite, name):
    return next((each.box for each in cards(progress.standings(suite)) if _is(each, name)), None)


def _is(card, name):
    return card.standing.exercise.name == name


def test_an_exercise_is_due_after_the_days_of_its_box(suite):
    solve(suite, "double")
    found = progress.standings(suite)
    assert [(each.box, each.due) for each in cards(found)] == [(1, TODAY + timedelta(BOXES[0]))]
    assert due(found, TODAY + timedelta(BOXES[0] - 1)) == []
    assert len(due(found, TODAY + timedelta(BOXES[0]))) == 1


def test_the_oldest_comes_first_and_on_one_day_the_one_with_most_hints(suite):
    for name, days_ago, hints in (("double", 9, 0), ("triple", 9, 2), ("fivefold", 20, 0)):
        solve(suite, name, days_ago)
        record_hints(suite.root, suite.find(name), hints)
    names = [each.standing.exercise.name for each in due(progress.standings(suite), TODAY)]
    assert names == ["fivefold", "triple", "double"]


def test_what_is_taken_for_review_is_the_stub_again_counts_as_solved_and_keeps_its_answer(suite):
    solve(suite, "double", 9)
    record_hints(suite.root, suite.find("double"), 2)
    exercise = suite.find("double")
    answer = exercise.stub_path.read_text()
    kept = begin(exercise)
    assert kept == exercise.stub_path.with_name("double.before_review.py")
    assert kept.read_text() == answer
    assert exercise.stub_path.read_text() == stub_of(exercise)
    found = standing(suite, "double")
    assert (found.state, found.under_review, found.hints) == ("solved", True, 0)
    assert cards(progress.standings(suite)) == []
    assert following(progress.standings(suite)).exercise.name == "triple"
    judge(suite, "double", "failing")
    assert standing(suite, "double").state == "solved"


def test_it_moves_up_a_box_and_with_a_hint_back_to_the_first(suite):
    solve(suite, "double", 9)
    for wanted in (2, 3, 4, 5, 5):
        begin(suite.find("double"))
        judge(suite, "double", "failing")
        solve(suite, "double")
        assert box(suite, "double") == wanted
    (card,) = cards(progress.standings(suite))
    assert card.due == TODAY + timedelta(BOXES[-1])
    solve(suite, "double")  # judged again, and not in a review
    assert box(suite, "double") == 5
    begin(suite.find("double"))
    record_hints(suite.root, suite.find("double"), 1)
    solve(suite, "double")
    assert box(suite, "double") == 1


def test_what_is_edited_since_can_not_come_back(suite):
    solve(suite, "double", 9)
    path = suite.find("double").stub_path
    path.write_text(path.read_text().replace("x * 2", "x * 3"))
    assert due(progress.standings(suite), TODAY) == []


def test_progress_of_before_has_no_boxes_yet(suite):
    solve(suite, "double", 9)
    with sqlite3.connect(suite.root / progress.FILE) as database:
        database.execute("DROP TABLE review")
        database.execute("PRAGMA user_version = 1")
    database.close()
    assert box(suite, "double") == 1


def told(run):
    return "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())


@pytest.mark.slow
def test_the_command_lists_begins_and_tells_what_is_there_already(little, suite):
    assert told(little.kata("review")) == "Nothing is due for review."
    solve(suite, "double", 4)
    solve(suite, "triple")
    day = TODAY + timedelta(BOXES[0])
    assert told(little.kata("review", "--list")) == (
        f"due         double  Multiply by 2.  box 1 of 5\n{day}  triple  Multiply by 3.  box 1 of 5"
    )
    assert "\ndue for review: 1; `kata review` brings one back\n" in little.kata().stdout
    begun = (
        "double: Multiply by 2.\n"
        "exercises/times/double.py:9 is the stub again.\n"
        "Your answer is kept in exercises/times/double.before_review.py.\n"
        "`kata watch double` judges it at each save."
    )
    assert told(little.kata("review")) == begun
    assert told(little.kata("review")) == "double is under review: exercises/times/double.py:9"
    assert "\nunder review: double\n" in little.kata().stdout
    assert told(little.kata("solution", "double")) == (
        "Error: double is under review: `kata check double` judges it. `kata solution double "
        "--spoil` shows the reference all the same."
    )
    little.write("times/double", little.solution("times/double").read_text())
    assert "1 of 1" in little.kata("check", "double").stdout
    assert (
        told(little.kata("review"))
        == f"Nothing is due for review.\ntriple will be first, on {day}."
    )
    assert "triple: Multiply by 3." in told(little.kata("review", "triple"))
    assert told(little.kata("review", "fivefold")) == (
        "Error: fivefold is not solved as it is now: `kata check fivefold` judges it, and what is "
        "solved can come back."
    )
