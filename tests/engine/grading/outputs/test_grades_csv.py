"""grades.csv: a row a student, read back, with nothing in it that a spreadsheet would compute."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.grading.outputs.consumers import formulas, read_csv
from tests.engine.grading.outputs.sample_grades import (
    exercise,
    flag,
    graded,
    hostile_class,
    override,
    solved,
)
from torchkata.grading.grades import Lateness
from torchkata.grading.outputs.grades_csv import write_grades_csv
from torchkata.grading.outputs.harmless import cell

ANYTHING = st.text(st.characters(exclude_categories=()))
HEADER = ["id", "name", "email", "login", "section", "points", "out of"]
AFTER = ["late", "overridden", "problem", "flags", "points on the process's word"]


def written(tmp_path, grades):
    path = tmp_path / "grades.csv"
    write_grades_csv(path, iter(grades))
    return read_csv(path)


def test_a_row_has_who_it_is_the_points_and_what_to_look_at(tmp_path):
    grade = graded(
        solved(),
        exercise(key="times/triple", points=1 / 3, flags=(flag("time"), flag("tampering"))),
        exercise(key="more/fivefold", standing="missing", override=override(0.5), out_of=2.0),
        name="Ada Lovelace",
        email="ada@x.org",
        login="al",
        section="A",
        late=True,
        problem="It is encrypted.",
    )
    header, row = written(tmp_path, [grade])
    assert header == [*HEADER, "times/double", "times/triple", "more/fivefold", *AFTER]
    assert row[:7] == ["ada", "Ada Lovelace", "ada@x.org", "al", "A", "1.8333", "4"]
    assert row[7:10] == ["1", "0.3333", "0.5"]
    flags = "times/triple: time; times/triple: tampering"
    assert row[10:] == ["late", "more/fivefold", "It is encrypted.", flags, "0"]


def test_who_submitted_nothing_has_0_points_and_what_was_not_judged_is_blank(tmp_path):
    nothing = graded(exercise(standing="missing"), id="b", source="", submitted=None)
    fault = graded(exercise(standing="not judged"), id="c")
    given_points = graded(exercise(standing="not judged", override=override(1)), id="d")
    _, *rows = written(tmp_path, [nothing, fault, given_points])
    assert rows == [
        ["b", "", "", "", "", "0", "1", "0", "", "", "", "", "0"],
        ["c", "", "", "", "", "0", "1", "", "", "", "not all could be judged", "", "0"],
        ["d", "", "", "", "", "1", "1", "1", "", "times/double", "", "", "0"],
    ]


def test_a_class_of_nobody_and_an_assignment_of_nothing_have_their_header(tmp_path):
    assert written(tmp_path, []) == [[*HEADER, *AFTER]]
    assert written(tmp_path, [graded()]) == [
        [*HEADER, *AFTER],
        ["ada", "", "", "", "", "0", "0", "", "", "", "", "0"],
    ]


def test_hostile_text_stays_in_its_cell_and_is_no_formula(tmp_path):
    grades = hostile_class()
    header, *rows = written(tmp_path, grades)
    assert [len(row) for row in rows] == [len(header)] * len(grades)
    assert formulas(rows) == []
    assert rows[0][:3] == ["7", "Ada Lovelace", "ada@x.org"]
    assert rows[1][:3] == ["10=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"]


def test_what_lateness_comes_to_stands_at_the_end(tmp_path):
    lateness = Lateness(datetime(2026, 1, 1, tzinfo=UTC), 1, 10.0, "10 % is taken off.")
    late = replace(solved(), taken_off=10.0)
    path = tmp_path / "grades.csv"
    in_time = replace(lateness, percent=0.0, says="")
    write_grades_csv(
        path, [graded(late, lateness=lateness), graded(solved(), id="b", lateness=in_time)]
    )
    header, *rows = read_csv(path)
    assert header[-2:] == ["after lateness", "lateness"]
    assert [row[-2:] for row in rows] == [["0.9", "10 % is taken off."], ["1", ""]]
    assert [row[header.index("points")] for row in rows] == ["1", "1"]


def test_the_file_is_replaced_whole_and_is_its_owners(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("before")

    def breaks():
        yield graded(solved())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_grades_csv(path, breaks())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    write_grades_csv(path, [graded(solved())])
    assert path.stat().st_mode & 0o777 == 0o600


@given(st.lists(ANYTHING | st.text(";=+-@\t\r\n x1.\"'"), min_size=2))
def test_any_text_is_one_cell_and_no_formula(texts):
    file = StringIO(newline="")
    csv.writer(file).writerow(map(cell, texts))
    file.seek(0)
    (row,) = csv.reader(file, strict=True)
    assert len(row) == len(texts)
    assert formulas([row]) == []
    assert file.getvalue().encode().count(b"\n") == 1


@pytest.mark.parametrize("text", ["7", "-7", "+0.5", "-12.25", "-"])
def test_a_number_and_a_dash_are_left_as_they_are(text):
    assert cell(text) == text
