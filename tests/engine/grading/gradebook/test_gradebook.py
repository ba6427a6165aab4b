"""The gradebook: what is kept, what any death leaves, who may write, and what goes wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torchkata.grading.gradebook.book import Gradebook, GradebookError
from torchkata.grading.gradebook.file import FILE, LOCK
from torchkata.grading.grades import (
    Basis,
    ExerciseGrade,
    ExerciseResult,
    Flag,
    Override,
    PropertyResult,
    Run,
    Student,
    StudentGrade,
    Submission,
)
from torchkata.grading.intake.assignment import Assigned, Assignment

RUN = Run("Week 3", 7, ("cpu", "sim"), "2.13.0", 10.0, "abc", ("Nothing keeps files apart.",))
ASSIGNMENT = Assignment(
    "Week 3",
    (
        Assigned("times/double", 2.0),
        Assigned("more/fivefold", 3.0, "share", frozenset({"second"})),
    ),
    seed=7,
)
OVERRIDE = Override(1.5, "A typo.", "2026-11-21T10:00:00Z")

MANY = Assignment("Many", tuple(Assigned(f"topic/name_{number}") for number in range(20)))

# Told to die, it does so in a thread: that gets its turn while SQLite works, so mostly in the
# middle of a submission. A signal from outside mostly comes between two.
RECORDER = """
import os, signal, sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_gradebook import MANY, RUN, crowd, solved
from torchkata.grading.gradebook.book import Gradebook
def die():
    if sys.stdin.readline():
        os.kill(os.getpid(), signal.SIGKILL)
with Gradebook.open(Path(sys.argv[1]), create=True) as book:
    book.begin(RUN, MANY, crowd())
    done = book.judged()
    print("begun", flush=True)
    sys.stdin.readline()
    thread = threading.Thread(target=die)
    thread.start()
    for each in crowd():
        if each.student.id not in done:
            book.record(each.student.id, [solved(assigned.exercise) for assigned in MANY.exercises])
            print(each.student.id, flush=True)
    thread.join()
"""


def crowd():
    return [submission(f"s{number:04}") for number in range(1000)]


def submission(id_, name="", **more):
    return Submission(Student(id_, name), f"class/{id_}", {}, **more)


def solved(exercise, key="key"):
    properties = (
        PropertyResult("first", "It is first.", "passed"),
        PropertyResult("second", "It is second.", "passed", rests_on=("memory",)),
    )
    return ExerciseResult(exercise, key, "solved", "double.py", properties, seconds=0.25)


def half(exercise, key="key"):
    failed = PropertyResult(
        "second",
        "It is second.",
        "failed",
        device="sim",
        stage="values",
        headline="wrong values",
        text="expected:\n    1\n",
        misconception="forgets",
        says="You forgot.",
    )
    found = solved(exercise, key)
    flag = Flag("time", "It took 10 s.")
    properties = (found.properties[0], failed)
    return replace(found, standing="failing", properties=properties, flags=(flag,))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "out"


@pytest.fixture
def book(folder):
    """A gradebook with Ada, Ben and two called Cem."""
    with Gradebook.open(folder, create=True) as book:
        class_ = [("b", "Ben"), ("c2", "Cem"), ("a", "Ada"), ("c1", "Cem")]
        book.begin(RUN, ASSIGNMENT, [submission(*each) for each in class_])
        yield book


def refused(action, *arguments):
    with pytest.raises(GradebookError) as told:
        action(*arguments)
    return str(told.value)


def judged(book):
    """The key of each student's result of each exercise."""
    return {
        student: {exercise: each.key for exercise, each in have.items()}
        for student, have in book.judged().items()
    }


def ids(book):
    return [each.student.id for each in book.students()]


def test_what_is_written_is_read_back_in_another_process_of_grading(folder):
    full = Submission(
        Student("s1", "Ada", "ada@x.org", "ada", "77", "A"),
        "class/ada.zip",
        {},
        submitted=datetime(2026, 11, 21, 10, 30, 5, 123, timezone(timedelta(hours=2))),
        late=True,
        problem="The archive is broken.",
        notes=("conftest.py was left aside.",),
        superseded=("class/old.zip",),
    )
    with Gradebook.open(folder, create=True) as book:
        book.begin(RUN, ASSIGNMENT, [full, submission("s2", "Ben")])
        book.record("s1", [solved("times/double"), half("more/fivefold")])
        book.override("s1", "double", OVERRIDE)
        book.remember({"paths": ["class"], "workers": 2})
    with Gradebook.open(folder) as book:
        assert (book.run(), book.assignment()) == (RUN, ASSIGNMENT)
        assert book.command() == {"paths": ["class"], "workers": 2}
        ada, ben = book.students()
    both = frozenset({"first", "second"})
    double, fivefold = solved("times/double"), half("more/fivefold")
    assert ada == StudentGrade(
        full.student,
        (
            ExerciseGrade("times/double", 2.0, 2.0, double, OVERRIDE, both),
            ExerciseGrade("more/fivefold", 3.0, 1.5, fivefold, None, frozenset({"second"})),
        ),
        full.source,
        full.submitted,
        full.late,
        full.problem,
        full.notes,
        full.superseded,
    )
    assert (ada.points, ada.out_of) == (3.0, 5.0)
    assert ben == StudentGrade(
        Student("s2", "Ben"),
        (
            ExerciseGrade("times/double", 2.0, 0.0, None),
            ExerciseGrade("more/fivefold", 3.0, 0.0, None),
        ),
        "class/s2",
    )


def test_students_come_by_name_and_then_by_id(book):
    assert ids(book) == ["a", "b", "c1", "c2"]


def test_a_walk_through_students_can_outlive_the_gradebook(book, folder):
    with Gradebook.open(folder) as another:
        walk = another.students()
        next(walk)
    walk.close()


def test_keys_are_those_of_the_results_that_are_there(book):
    assert (book.keys("a"), judged(book)) == ({}, {})
    book.record("a", [solved("times/double", "k1"), half("more/fivefold", "k2")])
    book.record("b", [half("times/double", "k3")])
    assert book.keys("a") == {"times/double": "k1", "more/fivefold": "k2"}
    assert judged(book) == {"a": book.keys("a"), "b": {"times/double": "k3"}}


def test_what_a_result_was_made_from_is_known(book):
    made = replace(solved("times/double", "k1"), digest="d1", draw=2, seed=99)
    book.record("a", [made])
    assert book.judged() == {"a": {"times/double": Basis("k1", "d1", 2)}}
    assert book.student("a").exercises[0].result.seed == 99


def test_the_draws_that_are_over_are_kept(book, folder):
    assert book.draws() == 0
    book.end_draw(3)
    book.close()
    with Gradebook.open(folder) as again:
        assert again.draws() == 3


def test_a_new_result_takes_the_place_of_the_same_exercises_alone(book):
    book.record("a", [half("times/double", "k1"), half("more/fivefold", "k2")])
    book.record("a", [solved("times/double", "k3")])
    assert book.keys("a") == {"times/double": "k3", "more/fivefold": "k2"}
    assert [each.standing for each in book.student("a").exercises] == ["solved", "failing"]


def test_who_leaves_the_class_is_not_listed_and_comes_back_with_everything(book):
    book.record("b", [solved("times/double")])
    book.override("b", "fivefold", OVERRIDE)
    book.begin(RUN, ASSIGNMENT, [submission("a", "Ada")])
    assert ids(book) == ["a"]
    assert judged(book) == {}
    assert refused(book.keys, "b").startswith("There is no student 'b'")
    book.begin(RUN, ASSIGNMENT, [submission("b", "Bea", late=True), submission("a", "Ada")])
    ada, bea = book.students()
    assert (bea.student.name, bea.late, bea.points) == ("Bea", True, 3.5)
    assert ada.points == 0


def test_an_exercise_that_is_no_longer_assigned_is_not_listed(book):
    book.record("a", [solved("times/double"), solved("more/fivefold")])
    book.begin(RUN, Assignment("T", (Assigned("more/fivefold"),)), [submission("a")])
    (grade,) = book.students()
    assert [each.exercise for each in grade.exercises] == ["more/fivefold"]
    assert book.assignment().title == "T"


def test_a_class_that_can_not_be_written_down_leaves_the_old_one(book):
    before = list(book.content())
    with pytest.raises(TypeError):
        book.begin(
            replace(RUN, seed=8), ASSIGNMENT, [submission("x"), submission("y", notes=(book,))]
        )
    assert list(book.content()) == before
    book.record("a", [solved("times/double")])


def test_an_override_stands_until_it_is_taken_back(book):
    book.record("a", [solved("times/double")])
    book.override("a", "times/double", OVERRIDE)
    book.override("a", "double", replace(OVERRIDE, points=0.0))
    book.record("a", [solved("times/double")])
    grade = book.student("a").exercises[0]
    assert (grade.points, grade.computed, grade.override.reason) == (0.0, 2.0, "A typo.")
    for _ in range(2):
        book.override("a", "double", None)
        assert book.student("a").exercises[0].points == 2.0


@pytest.mark.parametrize("points", [-0.5, float("nan"), float("inf")])
def test_an_override_gives_points_that_can_be_summed(book, points):
    assert refused(book.override, "a", "double", replace(OVERRIDE, points=points)) == (
        f"An override of {points} points can't be: give a number from 0."
    )


def test_an_override_has_a_reason(book):
    assert refused(book.override, "a", "double", replace(OVERRIDE, reason=" \n")) == (
        "An override needs a reason: the student reads it."
    )


@pytest.mark.parametrize("override", [OVERRIDE, None])
def test_an_override_of_what_is_not_there_names_the_nearest(book, folder, override):
    assert refused(book.override, "a", "times/duble", override) == (
        "There is no exercise 'times/duble' in this assignment. Did you mean times/double?"
    )
    assert refused(book.override, "c3", "double", override) == (
        f"There is no student 'c3' in {folder}. Did you mean 'c2' ('Cem') or 'c1' ('Cem')?"
    )


def test_a_student_is_found_by_id_or_by_name(book):
    assert book.student("c2").student == Student("c2", "Cem")
    assert book.student("Ada").student == Student("a", "Ada")


def test_a_name_that_is_an_id_is_the_id(book):
    book.begin(RUN, ASSIGNMENT, [submission("a", "b"), submission("b", "a")])
    assert book.student("b").student.name == "a"


def test_a_name_that_several_have_asks_for_an_id(book):
    assert refused(book.student, "Cem") == ("2 students are called 'Cem': give an id: 'c1', 'c2'.")


def test_a_student_that_is_not_there_is_told_with_the_nearest(book, folder):
    assert refused(book.student, "Bem") == (
        f"There is no student 'Bem' in {folder}. Did you mean 'c1' ('Cem') or 'b' ('Ben')?"
    )
    for action in (book.keys, lambda id_: book.record(id_, [])):
        assert refused(action, "xyz\n\u202e") == (
            f"There is no student 'xyz\\n\\u202e' in {folder}."
        )


def test_content_is_equal_whatever_the_times_and_the_order(tmp_path):
    books = []
    for name, seconds, order in (("one", 1.0, 1), ("two", 9.0, -1)):
        with Gradebook.open(tmp_path / name, create=True) as book:
            books.append(book)
            book.begin(RUN, ASSIGNMENT, [submission("b", "Ben"), submission("a", "Ada")][::order])
            for id_ in ["a", "b"][::order]:
                results = [solved("times/double"), half("more/fivefold")][::order]
                book.record(id_, [replace(each, seconds=seconds) for each in results])
            book.override("a", "double", replace(OVERRIDE, at=name))
    first, second = (content(tmp_path / name) for name in ("one", "two"))
    assert first == second
    assert len(first) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.record("a", [solved("times/double", "other")]),
        lambda book: book.record("b", [half("times/double")]),
        lambda book: book.override("a", "double", OVERRIDE),
        lambda book: book.begin(replace(RUN, torch="2.12"), ASSIGNMENT, [submission("a", "Ada")]),
    ],
)
def test_content_differs_where_grades_do(book, change):
    book.record("a", [solved("times/double")])
    before = list(book.content())
    change(book)
    assert list(book.content()) != before


ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from('\0\ud800\udcff\u202e"\\'))


@settings(max_examples=50, deadline=None)
@given(id_=ANY_TEXT, text=ANY_TEXT)
def test_any_text_of_a_student_is_kept(tmp_path_factory, id_, text):
    student = Student(id_, text, login=text)
    failed = replace(half("times/double").properties[1], text=text)
    result = replace(half("times/double"), file=text, properties=(failed,))
    with Gradebook.open(tmp_path_factory.mktemp("out"), create=True) as book:
        book.begin(RUN, ASSIGNMENT, [Submission(student, text, {}, notes=(text,))])
        book.record(id_, [result])
        book.override(id_, "double", replace(OVERRIDE, reason=f"It is {text}."))
        grade = book.student(id_)
        assert list(judged(book)) == [id_]
        "\n".join(book.content()).encode()
    assert (grade.student, grade.source, grade.notes) == (student, text, (text,))
    assert grade.exercises[0].result == result
    assert grade.exercises[0].override.reason == f"It is {text}."


def test_grades_are_nobody_elses_to_read(book, folder):
    book.record("a", [solved("times/double")])
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm", LOCK), 0o600)


def content(folder):
    with Gradebook.open(folder) as book:
        return list(book.content())


def start(folder):
    """A process that waits with a gradebook in hand, and then records a crowd."""
    process = subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(folder), os.path.dirname(__file__)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "begun\n"
    return process


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def end(process):
    """Let a process record all that is left, and give what it tells of."""
    go(process)
    process.stdin.close()
    return rest(process, 0)


def rest(process, status):
    told = process.stdout.read().split()
    process.stdout.close()
    assert process.wait() == status
    return told


@pytest.mark.slow
def test_killed_again_and_again_it_keeps_whole_submissions_and_goes_on(folder, tmp_path):
    order = [each.student.id for each in crowd()]
    kept = 0
    for moment in (0, 1, 2, 4, 8, 16, 32, 64):
        process = start(folder)
        go(process)
        told = [process.stdout.readline().strip() for _ in range(moment)]
        go(process)
        told += rest(process, -signal.SIGKILL)
        process.stdin.close()
        with Gradebook.open(folder) as book:
            found = judged(book)
        assert list(found) == order[: len(found)]
        assert told == order[kept : kept + len(told)]
        assert len(found) - (kept + len(told)) in (0, 1), "one is recorded and not yet told"
        assert all(len(keys) == 20 for keys in found.values())
        kept = len(found)
    assert end(start(folder)) == order[kept:]
    assert end(start(tmp_path / "undisturbed")) == order
    assert content(folder) == content(tmp_path / "undisturbed")


def test_one_process_grades_at_a_time_and_others_read_and_override(folder):
    process = start(folder)
    told = (
        f"{folder} is being graded by process {process.pid}; wait for it, or choose another --out."
    )
    assert refused(Gradebook.open, folder, True) == told
    with Gradebook.open(folder) as book:
        assert len(ids(book)) == 1000
        book.override("s0000", "name_0", replace(OVERRIDE, points=0.5))
        for action in (
            lambda: book.begin(RUN, ASSIGNMENT, []),
            lambda: book.record("s0000", []),
            lambda: book.end_draw(1),
            lambda: book.remember({}),
        ):
            assert refused(action) == told
    assert len(end(process)) == 1000
    with Gradebook.open(folder, create=True) as book:
        assert book.student("s0000").points == 0.5 + 19


def test_a_process_that_was_killed_keeps_nobody_from_grading(folder):
    process = start(folder)
    process.kill()
    process.communicate()
    with Gradebook.open(folder, create=True) as book:
        book.record("s0000", [solved("times/double")])
        assert refused(Gradebook.open, folder, True) == (
            f"{folder} is being graded by process {os.getpid()}; wait for it, or choose another "
            "--out."
        )
    Gradebook.open(folder, create=True).close()


def none(folder):
    return f"{folder} holds no grades: `kata grade SUBMISSIONS --out {folder}` makes them."


def test_where_nothing_was_graded_it_says_so_and_makes_nothing(folder, tmp_path):
    assert refused(Gradebook.open, folder) == none(folder)
    assert refused(Gradebook.open, tmp_path) == none(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_died_at_the_very_start_leaves_no_grades_and_can_be_repeated(folder):
    folder.mkdir(parents=True)
    (folder / FILE).touch()
    assert refused(Gradebook.open, folder) == none(folder)
    with Gradebook.open(folder, create=True) as book:
        for action in (book.run, book.assignment, book.command, lambda: next(book.students())):
            assert refused(action) == none(folder)
        book.begin(RUN, ASSIGNMENT, [])
        assert list(book.students()) == []


def test_another_programs_database_is_refused_and_left_as_it_is(folder):
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / FILE) as database:
        database.execute("CREATE TABLE recipes (cake TEXT)")
    database.close()
    before = (folder / FILE).read_bytes()
    for create in (False, True):
        assert refused(Gradebook.open, folder, create) == (
            f"{folder / FILE} is another program's database, not a gradebook. Choose another "
            "folder."
        )
    assert (folder / FILE).read_bytes() == before


def test_a_gradebook_of_a_newer_version_is_refused(folder):
    Gradebook.open(folder, create=True).close()
    with sqlite3.connect(folder / FILE) as database:
        database.execute("PRAGMA user_version = 2")
    database.close()
    for create in (False, True):
        assert refused(Gradebook.open, folder, create) == (
            f"{folder / FILE} was written by a newer torchkata. Update this one."
        )


def broken(folder, why):
    return (
        f"{folder / FILE}, which keeps the grades, is broken: {why}. Bring back a copy, or move it "
        "away and grade again; overrides stand in it alone."
    )


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(folder):
    folder.mkdir(parents=True)
    (folder / FILE).write_text("no database\n" * 500)
    before = (folder / FILE).read_bytes()
    for create in (False, True):
        assert refused(Gradebook.open, folder, create) == broken(folder, "file is not a database")
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (b"{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b'{"exercise": 3}', "Expected `str`, got `int` - at `$.exercise`"),
    ],
)
def test_a_result_that_can_not_be_read_is_told(book, folder, entry, why):
    book.record("a", [solved("times/double")])
    with sqlite3.connect(folder / FILE) as database:
        database.execute("UPDATE results SET result = ?", (entry,))
    database.close()
    assert refused(book.student, "a") == broken(folder, why)
    assert refused(list, book.students()) == broken(folder, why)


def test_a_folder_that_can_not_be_made_is_told(tmp_path):
    file = tmp_path / "file"
    file.touch()
    folder = file / "out"
    assert refused(Gradebook.open, folder, True) == (
        f"{folder} can't keep grades: {folder}: Not a directory."
    )
    assert refused(Gradebook.open, file, True) == (
        f"{file} can't keep grades: {file}: File exists."
    )
    assert refused(Gradebook.open, folder) == none(folder)


def test_a_file_that_can_not_be_written_is_told(book, folder):
    with sqlite3.connect(folder / FILE) as database:
        database.execute("DROP TABLE results")
    database.close()
    assert refused(book.record, "a", [solved("times/double")]) == (
        f"{folder / FILE}, which keeps the grades, can't be used: no such table: results. See that "
        "it and its folder can be written to, and that the disk has room."
    )


def test_times_are_kept_with_their_zone(book):
    for when in (datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC), datetime(2026, 11, 21)):
        book.begin(RUN, ASSIGNMENT, [submission("a", submitted=when)])
        assert book.student("a").submitted == when
