"""roster.py and register.py: a class list as it is read, its mistakes, and who is meant."""

import re

import pytest

from torchkata.grading.grades import Student
from torchkata.grading.intake.register import register
from torchkata.grading.intake.roster import RosterError, read_roster

JANE = Student("1", "Doe, Jane", "jane@uni.edu", "jdoe", "s1", "A")
BOB = Student("2", "Bob Ray", "bob@uni.edu", "bray", "s2", "B")

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,One hot (77)
,,,,,Manual Posting
    Points Possible,,,,,10
"Doe, Jane",1,s1,jdoe,A,9
"Ray, Bob",2,s2,bray,A and B,-
"Student, Test",99,,x,A,
"""


@pytest.fixture
def roster(tmp_path):
    """Writes a roster and reads it."""

    def write(text):
        path = tmp_path / "roster.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_roster(path)

    return write


def refusal(roster, text, tmp_path):
    with pytest.raises(RosterError) as caught:
        roster(text)
    return str(caught.value).replace(str(tmp_path / "roster.csv"), "FILE")


def test_a_plain_list(roster):
    text = "id,Name,E-Mail,Login,section\n1,Jane,j@x,jd,A\n\n2,Bob,,,\n3\n"
    assert roster(text) == (
        Student("1", "Jane", "j@x", "jd", "", "A"),
        Student("2", "Bob"),
        Student("3"),
    )


def test_canvas_gradebook_without_its_test_student_and_points(roster):
    assert roster(CANVAS) == (
        Student("1", "Doe, Jane", "", "jdoe", "s1", "A", "1"),
        Student("2", "Ray, Bob", "", "bray", "s2", "A and B", "2"),
    )


def test_moodle_participants(roster):
    text = (
        "First name,Last name,ID number,Email address,Username\n"
        "Jane,Doe,s1,j@x,jd\nBo,Ray,,b@x,br\n"
    )
    assert roster(text) == (
        Student("s1", "Jane Doe", "j@x", "jd", "s1"),
        Student("br", "Bo Ray", "b@x", "br"),
    )


def test_moodle_worksheet_goes_by_the_participants_number(roster):
    text = (
        "Identifier,Full name,ID number,Email address,Status,Grade\n"
        "Participant 123,Jane Doe,s1,j@x,Submitted,\nTeilnehmer/in 7,Bob,,b@x,,\n"
    )
    assert roster(text) == (
        Student("123", "Jane Doe", "j@x", "", "s1"),
        Student("7", "Bob", "b@x"),
    )


def test_another_identifier_is_taken_as_it_is(roster):
    text = "identifier,github_username,github_id,name\njane@x,jd,17,Jane\n"
    assert roster(text) == (Student("jane@x", "Jane", "", "jd"),)


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfid;name\r\n1;Doe, J\xc3\xb6rg\r\n",
        'ID,"Full Name"\n1,"Doe, Jörg"\n',
        "\n student_id , NAME \n 1 , Jörg \n",
    ],
    ids=["semicolons and a BOM", "quotes", "spaces"],
)
def test_ways_to_write_a_csv(roster, text):
    (student,) = roster(text)
    assert (student.id, student.name[-4:]) == ("1", "Jörg")


MISTAKES = {
    "no column": (
        "Grade,Score\n1,2\n",
        "FILE: no column tells who a student is: 'Grade', 'Score'. The first line must name the "
        "columns: at least one of id, login, email and name, or as Canvas and Moodle call them.",
    ),
    "no header": (
        "",
        "FILE: no column tells who a student is: none. The first line must name the columns: at "
        "least one of id, login, email and name, or as Canvas and Moodle call them.",
    ),
    "two columns": (
        "id,email,E-Mail\n1,a,b\n",
        "FILE: the columns 'email' and 'E-Mail' mean the same. Take one out.",
    ),
    "nobody": ("id,name\n,\n", "FILE: there is no student below the header."),
    "id twice": (
        "id,name\n1,Jane\n2,Bob\n1,Al\n",
        "FILE, line 4: the id 1 stands in line 2 already. Take one of the two lines out, or mend "
        "it.",
    ),
    "email twice": (
        "id,email\n1,j@x\n2,J@X\n",
        "FILE, line 3: the email address J@X stands in line 2 already. Take one of the two lines "
        "out, or mend it.",
    ),
    "login twice": (
        "id,login\n1,jd\n2,jd\n",
        "FILE, line 3: the login jd stands in line 2 already. Take one of the two lines out, or "
        "mend it.",
    ),
    "nameless": (
        "id,name,section\n,,A\n",
        "FILE, line 2: nothing tells who this student is. Fill in one of id, login, email and "
        "name.",
    ),
    "comma": (
        "id,name\n1,Doe, Jane\n",
        "FILE, line 2: there are 3 values and 2 columns. Write a value that holds a comma in "
        'quotes: "Doe, Jane".',
    ),
    "quotes": (
        'id,name\n1,"Jane" Doe\n',
        "FILE, line 2: it is no CSV: ',' expected after '\"'. Mend the quotes there.",
    ),
    "open quote": (
        'id,name\n1,"Jane\n2,Bob\n',
        "FILE, line 3: it is no CSV: unexpected end of data. Mend the quotes there.",
    ),
    "UTF-16": ("id\n1\n".encode("utf-16"), "FILE is UTF-16. Save it as CSV in UTF-8."),
    "Latin 1": (
        "id,name\n1,Jörg\n".encode("latin-1"),
        "FILE, line 2: it is not UTF-8. Save it as CSV in UTF-8.",
    ),
    "NUL": (
        "i\0d\n1\n",
        "FILE holds NUL characters, so it is no CSV. Save it as CSV in UTF-8.",
    ),
    "hostile": (
        "id\n\u202e\x1b[1m=1+1\n\u202e\x1b[1m=1+1\n",
        "FILE, line 3: the id \\u202e\\x1b[1m=1+1 stands in line 2 already. Take one of the two "
        "lines out, or mend it.",
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_the_line_and_what_to_do(roster, tmp_path, text, message):
    assert refusal(roster, text, tmp_path) == message


def test_no_roster(tmp_path):
    with pytest.raises(RosterError, match=re.escape("none.csv can't be read: No such file")):
        read_roster(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("caller", "student"),
    [
        (Student("1"), JANE),
        (Student(" 2 "), BOB),
        (Student("JANE@uni.edu"), JANE),
        (Student("x", email="bob@uni.edu"), BOB),
        (Student("BRay"), BOB),
        (Student("s1"), JANE),
        (Student("Jane Doe"), JANE),
        (Student("doe_jane"), JANE),
        (Student("DOE, JANE"), JANE),
        (Student("Ray, Bob"), BOB),
        (Student("77", "raybob"), BOB),
        (Student("77", "Bob Ray"), BOB),
    ],
    ids=str,
)
def test_a_student_is_found_by_whatever_they_are_called(caller, student):
    assert register([JANE, BOB]).find(caller) == (student, ())


def test_the_id_counts_before_the_login_and_the_name():
    one, two, three = Student("x"), Student("2", login="x"), Student("3", "x")
    assert register([three, two, one]).find(Student("x")) == (one, ())
    assert register([three, two]).find(Student("x")) == (two, ())


def test_a_name_that_two_have_is_nobodys():
    twins = register([Student("1", "Jane Doe"), Student("2", "Doe, Jane")])
    assert twins.find(Student("janedoe")) == (None, ("No student of the roster is called so.",))


def test_an_id_under_another_name_is_told():
    found = register([JANE, BOB]).find(Student("1", "raybob\n"))
    assert found == (JANE, ("Handed in under the name raybob\\n.",))


def test_without_a_roster_nothing_is_said():
    assert register([]).find(Student("x")) == (None, ())
