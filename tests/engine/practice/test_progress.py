"""How far a learner is: what is written down, what is read back, and what may go wrong."""

import sqlite3
import subprocess
import sys

import pytest

from torchkata.practice import progress
from torchkata.practice.progress import Judged, Standing, file_hash, following, record, record_hints
from torchkata.suite.curriculum import SuiteError, read_suite
from torchkata.suite.stubs import stub_of

pytestmark = pytest.mark.quick

WRITER = """
import sys
from pathlib import Path
from torchkata.practice.progress import Judged, record, record_hints
from torchkata.suite.curriculum import Exercise
root, who = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(150):
    name = f"{who}_{number}"
    own = Judged(f"own/{name}", "solved", name, 1)
    record(root, [Judged("times/double", "failing", name, 1), own])
    record_hints(root, Exercise(root, "hints", name), 2)
"""


@pytest.fixture
def suite(little):
    return read_suite(little.root)


def standing(suite, name="double"):
    return progress.standings(suite)[suite.exercises.index(suite.find(name))]


def judge(suite, name, state, line=1):
    exercise = suite.find(name)
    return record(suite.root, [Judged(exercise.key, state, file_hash(exercise.stub_path), line)])


def write(suite, name, body):
    """Make `body` the body of the function in the learner's file."""
    exercise = suite.find(name)
    exercise.stub_path.write_text(stub_of(exercise).replace("raise NotImplementedError", body))


def test_an_untouched_file_is_to_do_and_knows_the_line_to_start_at(suite):
    double = suite.find("double")
    assert standing(suite) == Standing(double, "todo", 9)
    assert standing(suite) == Standing(double, "todo", 9), "the same when it is written down"


def test_comments_and_docstrings_do_not_begin_an_exercise(suite):
    path = suite.find("double").stub_path
    path.write_text("# mine\n" + path.read_text().replace("Give", "Return"))
    assert standing(suite) == Standing(suite.find("double"), "todo", 10)


def test_a_file_that_differs_from_the_stub_has_begun_and_was_not_judged(suite):
    write(suite, "double", "return x")
    assert standing(suite) == Standing(suite.find("double"), "begun", 9)


@pytest.mark.parametrize("text", ["def double(x:\n", "\0", ""])
def test_a_file_that_is_not_python_has_begun(suite, text):
    suite.find("double").stub_path.write_text(text)
    assert standing(suite) == Standing(suite.find("double"), "begun", 1)


def test_a_judged_file_has_the_state_and_line_that_the_verdict_gave(suite):
    write(suite, "double", "return x")
    judge(suite, "double", "failing", line=15)
    assert standing(suite) == Standing(suite.find("double"), "failing", 15, attempts=1)


def test_a_file_edited_after_its_verdict_has_begun_and_is_edited(suite):
    write(suite, "double", "return x")
    judge(suite, "double", "failing", line=15)
    write(suite, "double", "return -x")
    assert standing(suite) == Standing(suite.find("double"), "begun", 9, edited=True, attempts=1)
    assert standing(suite).edited, "asking does not change it"


def test_an_edit_that_is_taken_back_gives_the_verdict_back(suite):
    write(suite, "double", "return x")
    judge(suite, "double", "failing")
    write(suite, "double", "return -x")
    write(suite, "double", "return x")
    assert standing(suite).state == "failing"


def test_a_missing_file_is_to_do_and_keeps_what_is_known(suite):
    write(suite, "double", "return 2 * x")
    judge(suite, "double", "solved")
    suite.find("double").stub_path.unlink()
    found = standing(suite)
    assert (found.state, found.missing, found.edited, found.attempts) == ("todo", True, False, 1)
    assert found.solved_at is not None


def test_only_a_changed_file_counts_as_an_attempt(suite):
    attempts = []
    for body in ("return x", "return -x", "return x + x"):
        write(suite, "double", body)
        for _ in range(2):
            judge(suite, "double", "failing")
        attempts.append(standing(suite).attempts)
    assert attempts == [1, 2, 3]


def test_judging_what_is_not_begun_is_no_attempt(suite):
    judge(suite, "double", "todo")
    assert standing(suite).attempts == 0


def test_the_first_pass_is_told_once_and_its_date_stays(suite):
    write(suite, "double", "return 2 * x")
    assert judge(suite, "double", "solved") == ("times/double",)
    first = standing(suite).solved_at
    assert judge(suite, "double", "failing") == ()
    assert judge(suite, "double", "solved") == ()
    assert standing(suite).solved_at == first


def test_hints_seen_never_become_fewer(suite):
    for count in (1, 2, 1):
        record_hints(suite.root, suite.find("double"), count)
    assert standing(suite).hints == 2
    assert standing(suite).state == "todo"
    assert standing(suite, "triple").hints == 0


def test_what_comes_next_is_the_first_that_is_not_solved(suite):
    write(suite, "fivefold", "return x")
    for name in ("double", "triple", "fivefold"):
        assert following(progress.standings(suite)).exercise.name == name
        judge(suite, name, "solved")
    assert following(progress.standings(suite)) is None


def test_two_processes_that_write_at_once_lose_nothing(suite):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(suite.root), who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for who in ("one", "other")
    ]
    for each in writers:
        assert each.stdout.readline() == "ready\n"
    for each in writers:
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in writers:
        assert each.communicate(timeout=200)[0] == ""
    with sqlite3.connect(suite.root / progress.FILE) as database:
        rows = list(database.execute("SELECT exercise, attempts, hints FROM progress"))
    database.close()
    assert ("times/double", 300, 0) in rows, "each write had another hash: 300 attempts"
    assert sum(row[0].startswith("own/") for row in rows) == 300
    assert sum(row[0].startswith("hints/") and row[2] == 2 for row in rows) == 300


def test_a_corrupt_file_is_refused_and_left_as_it_is(suite):
    path = suite.root / progress.FILE
    path.write_text("not a database, but long enough to be taken for one\n" * 100)
    before = path.read_bytes()
    for action in (lambda: progress.standings(suite), lambda: judge(suite, "double", "todo")):
        with pytest.raises(SuiteError) as told:
            action()
        assert str(told.value) == (
            f"{path}, which keeps your progress, can't be used: file is not a database. Remove the "
            "file; `kata check --all` makes it anew."
        )
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(suite):
    path = suite.root / progress.FILE
    judge(suite, "double", "todo")
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 3")
    database.close()
    before = path.read_bytes()
    for action in (lambda: progress.standings(suite), lambda: judge(suite, "double", "todo")):
        with pytest.raises(SuiteError) as told:
            action()
        assert str(told.value) == f"{path} was written by a newer torchkata. Update this one."
    assert path.read_bytes() == before


def test_where_the_file_can_not_be_made_it_says_so_and_states_are_still_known(suite):
    path = suite.root / progress.FILE
    path.symlink_to(suite.root / "nowhere" / "file")
    assert standing(suite).state == "todo"
    with pytest.raises(SuiteError) as told:
        judge(suite, "double", "todo")
    assert str(told.value) == (
        f"{path}, which keeps your progress, can't be used: unable to open database file. See that "
        "it and its folder can be written to and no other command hangs."
    )


def test_nothing_is_written_where_nothing_is_known(suite):
    for name in ("double", "triple", "fivefold"):
        write(suite, name, "return x")
    progress.standings(suite)
    assert not (suite.root / progress.FILE).exists()
