"""Exports, each read back by a parser after the rules of the system that takes it."""

import io
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.grading.outputs.consumers import (
    Canvas,
    Refused,
    classroom,
    classroom50,
    formulas,
    gradescope,
    junit,
    moodle_gradebook,
    moodle_worksheet,
    prairielearn,
    read_csv,
    strict_json,
)
from tests.engine.grading.outputs.sample_grades import (
    RUN,
    exercise,
    flag,
    graded,
    hostile_class,
    override,
    prop,
    solved,
)
from torchkata.grading.grades import Lateness
from torchkata.grading.outputs import exports
from torchkata.grading.outputs.exports.junit import write_junit
from torchkata.grading.outputs.harmless import lines

ANYTHING = st.text(st.characters(exclude_categories=()))
CSVS = ["canvas", "moodle", "moodle-worksheet"]
FAULT = exercise(prop(outcome="untried"), standing="not judged")
MIXED = exercise(
    prop("adds", "failed"), prop("keeps"), prop("hides", "failed"), visible={"adds", "keeps"}
)


def known(name, sis_id="", login=""):
    return {"name": name, "sis_id": sis_id, "login": login}


def to(tmp_path, name, *grades, run=RUN):
    """Write an export; gives its file, or the folder of its files, and the remarks."""
    path = tmp_path / "out" / name
    done = exports.write(name, run, iter(grades), path)
    inside = set(path.iterdir()) if path.is_dir() else {path}
    assert set(done.files) == inside
    return path, done.remarks


def refusal(tmp_path, name, *grades, run=RUN):
    with pytest.raises(exports.ExportError) as caught:
        exports.write(name, run, grades, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    return str(caught.value)


def results(tmp_path, grade):
    path = tmp_path / "results.json"
    exports.write_student("gradescope", RUN, grade, path)
    return gradescope(path.read_text())


def classroom_results(tmp_path, grade):
    path = tmp_path / "ada.json"
    exports.write_student("classroom", RUN, grade, path)
    return classroom(path.read_text(), path.with_suffix(".output").read_text())


# Canvas


def test_canvas_gives_each_student_the_points_by_id_sis_id_or_login(tmp_path):
    course = Canvas(
        {7: known("A", "s7", "a"), 8: known("B", "s8", "b"), 9: known("C", "s9", "c")},
        {1234: "Week 3"},
    )
    path, remarks = to(
        tmp_path,
        "canvas",
        graded(
            solved(points=2 / 3),
            id="7",
            canvas_id="7",
            name="Ada, Countess of Lovelace",
            section="A 1",
        ),
        graded(solved(points=0.5), id="bob", sis_id="s8"),
        graded(solved(), id="cleo", login="c"),
        run=replace(RUN, title="Autograd (1234)"),
    )
    course.import_csv(path)
    assert course.grades == {(7, "Week 3"): 0.67, (8, "Week 3"): 0.5, (9, "Week 3"): 1.0}
    assert course.possible == {"Week 3": "1.00"}
    assert remarks == ()
    assert path.read_text().splitlines()[:3] == [
        "Student,ID,SIS User ID,SIS Login ID,Section,Autograd (1234)",
        "    Points Possible,,,,,1.00",
        '"Ada, Countess of Lovelace",7,,,A 1,0.67',
    ]


def test_canvas_makes_an_assignment_of_a_title_without_an_id(tmp_path):
    course = Canvas({7: known("A")})
    course.import_csv(to(tmp_path, "canvas", graded(solved(), id="7", canvas_id="7"))[0])
    assert course.grades == {(7, "Week 3"): 1.0}


def test_canvas_takes_no_student_for_another_by_an_id_of_another_system(tmp_path):
    course = Canvas({7: known("A"), 8: known("B")})
    path, remarks = to(
        tmp_path, "canvas", graded(solved(), id="7"), graded(solved(), id="x8", name="B")
    )
    course.import_csv(path)
    assert course.grades == {(8, "Week 3"): 1.0}
    assert course.unknown == ["7"]
    assert remarks == (
        "2 students have no id that Canvas knows, so it goes by the name. Grade with "
        "`--roster FILE`, the gradebook that Canvas exports, for ids.",
    )


def test_who_submitted_nothing_has_0_points_and_who_was_not_judged_is_left_out(tmp_path):
    course = Canvas({7: known("A"), 8: known("B"), 9: known("C")})
    nothing = graded(exercise(standing="missing"), id="7", canvas_id="7", source="")
    decided = graded(replace(FAULT, override=override(0.5)), id="9", canvas_id="9")
    path, remarks = to(
        tmp_path, "canvas", nothing, graded(FAULT, id="8", canvas_id="8", name="Bo"), decided
    )
    course.import_csv(path)
    assert course.grades == {(7, "Week 3"): 0.0, (9, "Week 3"): 0.5}
    assert remarks == (
        "Bo (8) is left out: not all of it could be judged. `kata grade` tries again.",
    )


def test_a_name_that_is_the_row_of_possible_points_is_a_student(tmp_path):
    course = Canvas({7: known("A"), 8: known("B")})
    grades = [
        graded(solved(), id="7", canvas_id="7"),
        graded(solved(), id="8", canvas_id="8", name="    Points Possible"),
    ]
    course.import_csv(to(tmp_path, "canvas", *grades)[0])
    assert course.grades[8, "Week 3"] == 1.0
    assert course.possible == {"Week 3": "1.00"}


def test_canvas_refuses_a_title_that_it_would_pass_over(tmp_path):
    run = replace(RUN, title="The Final Score")
    assert refusal(tmp_path, "canvas", graded(solved()), run=run) == (
        "Canvas passes over a column that has 'Final Score' in its title, as 'The Final Score' "
        "has. Give the assignment another title."
    )


def test_hostile_students_of_canvas_get_their_own_points_and_no_others(tmp_path):
    grades = hostile_class()
    ids = [f"{1000 + place}" for place in range(len(grades))]
    grades = [
        replace(each, student=replace(each.student, id=key, canvas_id=key))
        for each, key in zip(grades, ids, strict=True)
    ]
    course = Canvas({int(key): known(f"student {key}") for key in ids})
    path, _ = to(tmp_path, "canvas", *grades)
    course.import_csv(path)
    assert list(course.grades.values()) == [1.0] + [0.5] * (len(grades) - 1)
    assert course.unknown == []
    assert formulas(read_csv(path)) == []


# Moodle


def test_moodle_goes_by_what_most_students_have_and_leaves_out_the_others(tmp_path):
    path, remarks = to(
        tmp_path,
        "moodle",
        graded(solved(points=1 / 3), id="a", name="Ada", login="ada", email="ada@x.org"),
        graded(solved(), id="b", login="bob", sis_id="5"),
        graded(solved(), id="c", name="Cleo", email="cleo@x.org"),
        graded(FAULT, id="d", login="dan"),
        graded(exercise(standing="missing"), id="e", login="eve", source=""),
    )
    header, grades = moodle_gradebook(path, {"ada", "bob", "eve"})
    assert header == ["Username", "Full name", "Week 3"]
    assert grades == {"ada": 0.3333, "bob": 1.0, "eve": 0.0}
    assert remarks == (
        "d is left out: not all of it could be judged. `kata grade` tries again.",
        "Cleo (c) is left out: has no username that the file could go by.",
    )


@pytest.mark.parametrize("login", ["", "0", " ", "=1+1", "two\nlines", "-x@y.org"])
def test_moodle_is_given_no_identifier_that_is_none_to_it(tmp_path, login):
    others = [graded(solved(), id=each, login=each) for each in ("a", "c")]
    odd = graded(exercise(prop()), id="b", login=login)
    path, remarks = to(tmp_path, "moodle", others[0], odd, others[1])
    assert moodle_gradebook(path, {"a", "c"})[1] == {"a": 1.0, "c": 1.0}
    assert remarks == ("b is left out: has no username that the file could go by.",)


def test_moodle_needs_something_to_know_students_by(tmp_path):
    assert refusal(tmp_path, "moodle", graded(solved())) == (
        "Moodle knows a student by email, username or ID number, and no student has one here. "
        "Grade with `--roster FILE`, a CSV with one of these columns."
    )


def test_moodle_has_a_highest_grade(tmp_path):
    rich = graded(solved(points=101), solved("times/triple"), login="a")
    path, remarks = to(tmp_path, "moodle", rich)
    with pytest.raises(Refused, match="bad grade '102'"):
        moodle_gradebook(path, {"a"})
    assert remarks == (
        "1 student has more than 100 points: Moodle refuses the whole file, unless the site has "
        "unlimited grades.",
    )


def test_the_worksheet_goes_by_the_number_of_the_participant(tmp_path):
    path, remarks = to(
        tmp_path,
        "moodle-worksheet",
        graded(solved(points=0.5), id="12", name="Ada", email="ada@x.org"),
        graded(solved(), id="Participant 13"),
        graded(solved(), id="bob"),
        graded(FAULT, id="14"),
    )
    assert moodle_worksheet(path, {"12", "13", "14"}) == {"12": 0.5, "13": 1.0}
    assert remarks == (
        "14 is left out: not all of it could be judged. `kata grade` tries again.",
        "bob is left out: its id is not a number of a participant in Moodle.",
        "Moodle keeps the grade of who has one already, unless you tick `Allow updating records "
        "that have been modified more recently in Moodle than in the spreadsheet` at the import.",
    )
    assert path.read_text().splitlines()[:2] == [
        "Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade),"
        "Feedback comments",
        "Participant 12,Ada,ada@x.org,0.5,1,-,0.5 of 1 points. times/double: solved.",
    ]


def test_the_worksheet_has_the_names_of_a_site_that_is_not_in_english(tmp_path):
    path = tmp_path / "noten.csv"
    here = {
        "Identifier": "ID",
        "Grade": "Bewertung",
        "Last modified (grade)": "Zuletzt geändert (Bewertung)",
        "Feedback comments": "Feedback als Kommentar",
        "Participant ": "Teilnehmer/in",
    }
    failing = graded(replace(MIXED, override=override(0.5, "<b>")), id="12", problem="a & b")
    exports.write("moodle-worksheet", RUN, [failing], path, here)
    header, row = read_csv(path)
    assert header == [
        "ID",
        "Full name",
        "Email address",
        "Bewertung",
        "Maximum grade",
        "Zuletzt geändert (Bewertung)",
        "Feedback als Kommentar",
    ]
    assert row[0] == "Teilnehmer/in12"
    assert row[-1] == (
        "0.5 of 1 points. It could not be read: a &amp; b times/double: failing, 1 of 3 properties "
        "hold. Your instructor gave 0.5 of 1: &lt;b&gt;"
    )


def test_a_column_that_the_worksheet_has_not_is_told(tmp_path):
    def told(name, columns):
        with pytest.raises(exports.ExportError) as caught:
            exports.write(name, RUN, [graded(solved(), id="1")], tmp_path / "out", columns)
        return str(caught.value)

    assert told("moodle-worksheet", {"Grad": "Note"}) == (
        "Moodle's worksheet has no column 'Grad'. Did you mean Grade? There are: Identifier, Full "
        "name, Email address, Grade, Maximum grade, Last modified (grade), Feedback comments; and "
        "'Participant ' stands before a number."
    )
    assert told("canvas", {"Grade": "Note"}) == (
        "--columns is for moodle-worksheet; canvas has no such names."
    )


def test_the_worksheet_writes_over_a_grade_only_where_moodle_is_told_to(tmp_path):
    path, _ = to(tmp_path, "moodle-worksheet", graded(solved(), id="12"))
    assert moodle_worksheet(path, {"12"}, graded={"12"}) == {}
    assert moodle_worksheet(path, {"12"}, graded={"12"}, ignore_modified=True) == {"12": 1.0}


def test_the_worksheet_needs_numbers_of_participants(tmp_path):
    assert refusal(tmp_path, "moodle-worksheet", graded(solved())) == (
        "Moodle's worksheet needs the number of each participant, and no student has one here. "
        "Grade what Moodle's `Download all submissions` gives, or grade with `--roster FILE`, its "
        "own worksheet."
    )


def test_hostile_students_of_moodle_get_their_own_points_and_no_others(tmp_path):
    grades = [
        replace(each, student=replace(each.student, id=f"{place}", login=f"s{place}", email=""))
        for place, each in enumerate(hostile_class(), start=1)
    ]
    path, _ = to(tmp_path, "moodle", *grades)
    expected = {each.student.login: each.points for each in grades}
    assert moodle_gradebook(path, set(expected))[1] == expected
    assert formulas(read_csv(path)) == []
    path, _ = to(tmp_path, "moodle-worksheet", *grades)
    expected = {each.student.id: each.points for each in grades}
    assert moodle_worksheet(path, set(expected)) == expected
    assert formulas(read_csv(path)) == []


# Gradescope


def test_gradescope_has_the_score_and_a_test_for_all_that_may_be_seen(tmp_path):
    grade = graded(solved(), replace(MIXED, computed=0.25), late=True, notes=("a note",))
    score, total_shows, tests = results(tmp_path, grade)
    assert (score, total_shows) == (1.25, True)
    assert [(test["number"], test["name"], test["status"]) for test in tests] == [
        ("1", "times/double: solved", "passed"),
        ("2", "times/double: failing, 1 of 3 properties hold", "failed"),
        ("2.1", "It adds.", "failed"),
        ("2.2", "Its input stays as it was.", "passed"),
    ]
    assert [test.get("score") for test in tests] == [1.0, 0.25, None, None]
    assert [test["output"] for test in tests] == ["", "1 more property failed.", "expected 1", ""]
    whole = json.loads((tmp_path / "results.json").read_text())
    assert whole["output"] == "It was submitted late.\na note"
    assert whole["execution_time"] == 1.0


def test_gradescope_tells_nothing_of_hidden_properties_tampering_or_the_seed(tmp_path):
    secret = prop("hides", "failed", text="secret", headline="secret", says="secret")
    results(tmp_path, graded(exercise(secret, visible=(), flags=(flag("tampering"),))))
    text = (tmp_path / "results.json").read_text()
    for word in ("hides", "Nobody may read this", "secret", "tampering", "seen", str(RUN.seed)):
        assert word not in text


def test_an_override_is_the_score(tmp_path):
    score, _, (test, *_) = results(tmp_path, graded(replace(MIXED, override=override(3, "a\nb"))))
    assert (score, test["score"], test["max_score"]) == (3, 3, 1)
    assert test["output"] == "Your instructor gave 3 of 1: a b\n1 more property failed."


def test_what_was_not_submitted_is_told(tmp_path):
    _, _, tests = results(tmp_path, graded(exercise(standing="missing")))
    assert [test["output"] for test in tests] == ["No file for it was submitted."]
    results(tmp_path, graded(source="", submitted=None, problem="A bomb."))
    whole = json.loads((tmp_path / "results.json").read_text())
    assert whole["output"] == "Nothing was submitted.\nIt could not be read: A bomb."


def test_a_long_output_is_cut_in_its_middle_and_says_so(tmp_path):
    text = "begin\0" + "x" * 200_000 + "end"
    _, _, tests = results(tmp_path, graded(exercise(prop("adds", "failed", text=text))))
    output = tests[1]["output"]
    assert output.startswith("begin\ufffdx")
    assert output.endswith("xend")
    assert "\n… 100069 characters are left out here …\n" in output


def test_each_student_has_a_file_in_the_folder(tmp_path):
    grades = [graded(solved(), id="ada"), graded(exercise(standing="missing"), id="../bob")]
    folder, _ = to(tmp_path, "gradescope", *grades)
    scores = {path.name[:3]: gradescope(path.read_text())[0] for path in folder.iterdir()}
    assert scores == {"ada": 1.0, "_bo": 0.0}


# GitHub Classroom


def test_classroom_has_a_test_for_each_exercise_and_the_reporter_adds_them_up(tmp_path):
    grade = graded(solved(), replace(MIXED, computed=0.25, out_of=2.0))
    totals, whole = classroom_results(tmp_path, grade)
    assert totals == (1.25, 3.0)
    assert whole["status"] == "fail"
    assert whole["tests"][1] == {
        "name": "times/double: failing, 1 of 3 properties hold",
        "status": "fail",
        "test_code": "pytest exercises/times/double.py",
        "task_id": 1,
        "filename": "exercises/times/double.py",
        "line_no": 1,
        "duration": 0.5,
        "score": 0.25,
        "message": "It adds. wrong values\n1 more property failed.",
    }


@pytest.mark.parametrize(
    ("exercises", "status"), [((), "pass"), ((solved(),), "pass"), ((MIXED, solved()), "fail")]
)
def test_the_status_of_classroom_is_that_of_the_worst_exercise(tmp_path, exercises, status):
    assert classroom_results(tmp_path, graded(*exercises))[1]["status"] == status


def test_what_is_long_is_short_enough_for_an_environment_variable(tmp_path):
    long = [
        exercise(*(prop(f"p{n}", "failed", headline="x" * 9999) for n in range(9)), key=f"t/e{m}")
        for m in range(60)
    ]
    classroom_results(tmp_path, graded(*long, problem="y" * 9999))
    assert (tmp_path / "ada.output").stat().st_size < 128 * 1024


# Classroom 50 and PrairieLearn


@pytest.fixture
def runner(monkeypatch):
    """What Classroom 50's runner says of a submission."""
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


RUNNER = {
    "CLASSROOM": "cs",
    "ASSIGNMENT": "week-3",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/o/r/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/o/r/releases/tag/submit",
    "REVIEW_URL": "https://github.com/o/r/compare/b...a",
}


def classroom50_results(tmp_path, grade):
    path = tmp_path / "result.json"
    exports.write_student("classroom50", RUN, grade, path)
    return classroom50(path.read_text(), RUNNER)


def test_classroom50_has_whole_points_whatever_is_not_begun(tmp_path, runner):
    begun = [exercise(standing="todo", key=f"t/e{number}") for number in range(7)]
    score, tests = classroom50_results(tmp_path, graded(solved(), *begun))
    assert score == (1, 8)
    assert [test["passed"] for test in tests] == [True] + [False] * 7
    half = replace(MIXED, computed=66.7, out_of=100.0)
    score, (test,) = classroom50_results(tmp_path, graded(half))
    assert score == (66, 100)
    assert test["message"] == (
        "It adds. wrong values\n1 more property failed.\n66.7 points, cut to whole ones."
    )


def test_classroom50_is_told_what_is_missing(tmp_path, runner, monkeypatch):
    with pytest.raises(exports.ExportError) as caught:
        classroom50_results(tmp_path, graded(replace(MIXED, out_of=2.5)))
    assert str(caught.value) == (
        "Classroom 50 has whole points, and times/double has 2.5. Give whole points in the "
        "assignment, 100 for each exercise as an example."
    )
    monkeypatch.delenv("RELEASE_URL")
    with pytest.raises(exports.ExportError) as caught:
        classroom50_results(tmp_path, graded(solved()))
    assert str(caught.value) == (
        "Classroom 50's runner says by RELEASE_URL what a result is of, and that is not set. "
        "Export from an autograder.py, which the runner starts."
    )


@pytest.mark.slow
def test_prairielearn_has_the_share_of_the_points(tmp_path):
    path = tmp_path / "results.json"
    late = replace(LATE, percent=50.0)
    grade = graded(solved(), replace(MIXED, computed=0.25), lateness=late, notes=("a note",))
    exports.write_student("prairielearn", RUN, grade, path)
    whole = prairielearn(path.read_text())
    assert whole["score"] == 0.625
    assert whole["message"] == "a note\n10 % is taken off."
    assert whole["tests"][1] == {
        "name": "times/double: failing, 1 of 3 properties hold",
        "points": 0.25,
        "max_points": 1.0,
        "message": "1 more property failed.",
        "output": "It adds.\nexpected 1",
    }
    long = [
        exercise(prop("adds", "failed", text="\x07李" * 99_999), key=f"t/e{number}")
        for number in range(70)
    ]
    exports.write_student("prairielearn", RUN, graded(*long), path)
    prairielearn(path.read_text())


# Who is late, and who was not judged

LATE = Lateness(datetime(2026, 1, 1, tzinfo=UTC), 1, 10.0, "10 % is taken off.")


def test_lateness_is_taken_off_and_the_points_are_kept(tmp_path, runner):
    whole = replace(solved(points=2.0), out_of=2.0, taken_off=10.0)
    given = replace(MIXED, override=override(0.5), taken_off=10.0)
    grade = graded(whole, given, id="7", canvas_id="7", login="ada", lateness=LATE)
    assert (grade.points, grade.final) == (2.5, 2.3)
    assert results(tmp_path, grade)[0] == 2.3
    assert classroom50_results(tmp_path, graded(whole, lateness=LATE))[0] == (1, 2)
    course = Canvas({7: known("A")})
    course.import_csv(to(tmp_path, "canvas", grade)[0])
    assert course.grades == {(7, "Week 3"): 2.3}
    assert moodle_gradebook(to(tmp_path, "moodle", grade)[0], {"ada"})[1] == {"ada": 2.3}
    assert moodle_worksheet(to(tmp_path, "moodle-worksheet", grade)[0], {"7"}) == {"7": 2.3}
    (line,) = to(tmp_path, "jsonl", grade)[0].read_text().splitlines()
    read = strict_json(line)
    assert (read["points"], read["final"], read["lateness"]["days"]) == (2.5, 2.3, 1)


@pytest.mark.parametrize("name", ["gradescope", "classroom", "classroom50", "prairielearn"])
def test_who_was_not_judged_has_no_score(tmp_path, name, runner):
    folder, remarks = to(tmp_path, name, graded(FAULT, id="ada"), graded(solved(), id="bob"))
    assert {each.name.partition(".")[0] for each in folder.iterdir()} == {"bob"}
    told = "ada is left out: not all of it could be judged. `kata grade` tries again."
    assert remarks == (told,)
    with pytest.raises(exports.ExportError) as caught:
        exports.write_student(name, RUN, graded(FAULT), tmp_path / "one")
    assert str(caught.value) == (
        "ada has no score: not all of it could be judged. `kata grade` tries again."
    )
    assert not (tmp_path / "one").exists()


# JUnit


def test_junit_has_a_suite_for_each_student_and_a_case_for_each_property(tmp_path):
    failing = exercise(
        prop("adds", "failed", stage="values"),
        prop("hides", "failed"),
        prop("keeps", "todo"),
        key="times/triple",
        visible=(),
        flags=(flag("time", "It took 11 s."),),
        override=override(0.5),
    )
    grade = graded(solved(), failing, name="Ada", late=True, problem="Half of it is lost.")
    path, _ = to(tmp_path, "junit", grade, graded(FAULT, id="bob"))
    first, second = junit(path.read_bytes())
    assert first.attrib == {
        "name": "Ada (ada)",
        "tests": "4",
        "errors": "0",
        "failures": "2",
        "skipped": "1",
        "time": "1.000",
        "timestamp": "2026-01-02T03:04:00+00:00",
    }
    assert [(each.get("name"), each.get("value")) for each in first.iter("property")] == [
        ("id", "ada"),
        ("points", "1.5"),
        ("out of", "2"),
        ("late", "yes"),
        ("problem", "Half of it is lost."),
        ("override of times/triple", "0.5: We spoke."),
        ("time in times/triple", "It took 11 s."),
    ]
    assert [(each.get("classname"), each.get("name")) for each in first.iter("testcase")] == [
        ("times/double", "adds"),
        ("times/triple", "adds"),
        ("times/triple", "hides"),
        ("times/triple", "keeps"),
    ]
    failure = first.find("testcase/failure")
    assert (failure.attrib, failure.text) == (
        {"message": "wrong values", "type": "values"},
        "expected 1",
    )
    assert second.find("testcase/error").get("message") == "could not be judged"


@pytest.mark.parametrize(
    ("given", "tag", "message"),
    [
        (exercise(standing="missing"), "skipped", "missing"),
        (exercise(standing="todo"), "skipped", "todo"),
        (exercise(flags=(flag("crash", "It\ndied."),)), "failure", "It\\ndied."),
    ],
)
def test_an_exercise_without_properties_is_a_case_of_its_own(tmp_path, given, tag, message):
    path, _ = to(tmp_path, "junit", graded(given))
    ((*_, case),) = junit(path.read_bytes())
    assert case.get("name") == "judged"
    assert [(each.tag, each.get("message")) for each in case] == [(tag, message)]


@given(ANYTHING, ANYTHING)
def test_any_text_goes_through_xml(name, text):
    failed = prop("adds", "failed", text=text, headline=name)
    file = io.StringIO()
    grade = graded(exercise(failed, flags=(flag("crash", text),)), name=name, problem=text)
    write_junit(replace(RUN, title=name), [grade], file)
    (suite,) = junit(file.getvalue().encode())
    assert suite.find("testcase/failure").text == (lines(text) or None)


# JSON lines


def test_json_lines_have_everything_of_a_student_in_a_line(tmp_path):
    result = replace(MIXED.result, seed=1 << 59)
    failing = replace(MIXED, override=override(2), result=result)
    grade = graded(failing, exercise(standing="missing"), name="Ada", superseded=("old",))
    path, _ = to(tmp_path, "jsonl", grade, graded(source="", submitted=None))
    first, second = map(strict_json, path.read_text().splitlines())
    assert first == {
        "student": asdict(grade.student),
        "points": 2,
        "out_of": 2.0,
        "resting": 0.0,
        "source": "ada.zip",
        "submitted": "2026-01-02T03:04:00+00:00",
        "late": False,
        "final": 2,
        "lateness": None,
        "problem": None,
        "notes": [],
        "superseded": ["old"],
        "left": [],
        "flags": [],
        "exercises": [
            {
                "exercise": "times/double",
                "points": 2,
                "out_of": 1.0,
                "computed": 0.0,
                "final": 2,
                "resting": 0.0,
                "override": {"points": 2, "reason": "We spoke.", "at": "2026-01-02T03:04:05+00:00"},
                "standing": "failing",
                "visible": ["adds", "keeps"],
                "file": "times/double.py",
                "seed": 1 << 59,
                "seconds": 0.5,
                "properties": [
                    {
                        key: [] if key == "rests_on" else value
                        for key, value in asdict(each).items()
                        if key != "picture"
                    }
                    for each in failing.result.properties
                ],
                "flags": [],
            },
            {
                "exercise": "times/double",
                "points": 0.0,
                "out_of": 1.0,
                "computed": 0.0,
                "final": 0.0,
                "resting": 0.0,
                "override": None,
                "standing": "missing",
                "visible": [],
                "file": "",
                "seed": None,
                "seconds": 0.0,
                "properties": [],
                "flags": [],
            },
        ],
    }
    assert (second["source"], second["submitted"], second["exercises"]) == ("", None, [])


@given(st.text(), ANYTHING)
def test_text_comes_back_from_json_lines_as_it_was(text, any_text):
    file = io.StringIO()
    grade = graded(exercise(prop("adds", "failed", text=any_text)), name=text)
    exports.FORMATS["jsonl"].write(RUN, [grade], file)
    assert file.getvalue().isascii()
    (line,) = file.getvalue().splitlines()
    read = strict_json(line)
    assert read["student"]["name"] == text
    escaped = any_text.encode(errors="backslashreplace").decode()
    assert read["exercises"][0]["properties"][0]["text"] == escaped


# All


def test_hostile_students_are_in_every_export_with_their_points(tmp_path):
    grades = hostile_class()
    points = [each.points for each in grades]
    folder, _ = to(tmp_path, "gradescope", *grades)
    assert sorted(gradescope(each.read_text())[0] for each in folder.iterdir()) == sorted(points)
    folder, _ = to(tmp_path, "classroom", *grades)
    found = [
        classroom(each.read_text(), each.with_suffix(".output").read_text())
        for each in folder.glob("*.json")
    ]
    assert sorted(totals[0] for totals, _ in found) == sorted(points)
    path, _ = to(tmp_path, "junit", *grades)
    values = [
        float(suite.find("properties/property[@name='points']").get("value"))
        for suite in junit(path.read_bytes())
    ]
    assert values == points
    path, _ = to(tmp_path, "jsonl", *grades)
    assert [strict_json(line)["points"] for line in path.read_text().splitlines()] == points


@pytest.mark.parametrize("name", exports.NAMES)
def test_a_class_of_nobody_and_an_assignment_of_nothing_can_be_exported(tmp_path, name, runner):
    path, remarks = to(tmp_path, name)
    assert remarks == ()
    if name in CSVS:
        assert len(read_csv(path)) == 1
    elif name == "junit":
        assert junit(path.read_bytes()) == []
    else:
        assert path.is_dir() or path.read_text() == ""
    path, remarks = to(tmp_path, name, graded(id="7", login="ada", canvas_id="7"))
    assert len(remarks) == (name == "moodle-worksheet")
    if name in CSVS:
        assert any(each in ("0", "0.00") for each in read_csv(path)[-1])


def test_a_wrong_name_is_told_the_nearest_and_all(tmp_path):
    assert refusal(tmp_path, "moodel") == (
        "There is no export format 'moodel'. Did you mean moodle? There are: gradescope, canvas, "
        "moodle, moodle-worksheet, classroom, classroom50, prairielearn, junit, jsonl, dolos, "
        "jplag, gradescope-autograder."
    )


@pytest.mark.parametrize("name", ["canvas", "gradescope"])
def test_a_place_that_cannot_be_written_to_is_named(tmp_path, name):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "out"
    with pytest.raises(exports.ExportError) as caught:
        exports.write(name, RUN, [graded(solved())], path)
    assert str(caught.value) == f"{path}: can't be written: Not a directory."


def test_files_of_each_student_need_a_folder(tmp_path):
    path = tmp_path / "results.json"
    path.write_text("before")
    with pytest.raises(exports.ExportError) as caught:
        exports.write("gradescope", RUN, [graded(solved())], path)
    assert str(caught.value) == (
        f"{path} is a file, and gradescope has files of each student: name a folder for them, or "
        "one student."
    )
    assert path.read_text() == "before"


def test_one_student_of_a_class_wide_format_is_a_class_of_one(tmp_path):
    done = exports.write_student("jsonl", RUN, graded(solved()), tmp_path / "ada.jsonl")
    assert done.files == (tmp_path / "ada.jsonl",)
    assert len((tmp_path / "ada.jsonl").read_text().splitlines()) == 1


def test_an_export_that_breaks_off_leaves_the_file_of_before(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("before")

    def breaks():
        yield graded(solved(), id="7")
        raise RuntimeError

    for name in (*CSVS, "junit", "jsonl"):
        with pytest.raises(RuntimeError):
            exports.write(name, RUN, breaks(), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
