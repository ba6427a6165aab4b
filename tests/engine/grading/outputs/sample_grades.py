"""Grades as the gradebook gives them, made in a line each."""

from datetime import UTC, datetime

from torchkata.grading.grades import (
    ExerciseGrade,
    ExerciseResult,
    Flag,
    Override,
    PropertyResult,
    Run,
    Student,
    StudentGrade,
)

RUN = Run(
    title="Week 3",
    seed=987654321,
    devices=("cpu", "sim"),
    torch="2.11",
    limit=10.0,
    suite="/suite",
)

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    '+1-2;=HYPERLINK("http://evil")',
    "-x\t=1+1\r=2+2",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "Points Possible",
    "two\nlines\r\nand\u2028more, \"quoted\"; 'too'",
    "\u202eevil\u2066\u200f\u061c",
    "x" * 4000,
    "\ud800 lone \udfff",
    "nul\0 bell\x07 \x1b[31mred\x9b",
    "👩‍💻 Zoë Łukasz 李",
    "`code` ```` *a* _b_ [l](javascript:alert(1)) | ![i](http://e/x.png) &amp; # h",
    "../../etc/passwd",
    "]]> --> &lt; \ufffe\uffff",
    "0",
    "",
)

SENTENCES = {
    "adds": "It adds.",
    "keeps": "Its input stays as it was.",
    "hides": "Nobody may read this.",
}


def prop(name="adds", outcome="passed", **details):
    if outcome == "failed":
        told = {
            "device": "cpu",
            "stage": "values",
            "headline": "wrong values",
            "text": "expected 1",
        }
        details = {**told, **details}
    return PropertyResult(name, SENTENCES.get(name, name), outcome, **details)


def exercise(*properties, key="times/double", standing="failing", visible=None, points=0.0, **more):
    """An exercise's grade; without properties there is no result unless `standing` asks for one."""
    given = more.pop("override", None)
    out_of = more.pop("out_of", 1.0)
    result = None
    if standing != "missing":
        more = {"file": f"{key}.py", "seconds": 0.5, **more}
        result = ExerciseResult(key, "digest", standing, properties=properties, **more)
    if visible is None:
        visible = {each.name for each in properties}
    return ExerciseGrade(key, out_of, points, result, given, frozenset(visible))


def solved(key="times/double", points=1.0):
    return exercise(prop(), key=key, standing="solved", points=points)


def override(points, reason="We spoke."):
    return Override(points, reason, "2026-01-02T03:04:05+00:00")


def flag(kind, says="seen"):
    return Flag(kind, says)


def graded(*exercises, student=None, **more):
    """A student's grade; `id`, `name`, `email`, `login`, `sis_id`, `section` make the student."""
    fields = ("id", "name", "email", "login", "sis_id", "section", "canvas_id")
    about = {name: more.pop(name) for name in fields if name in more}
    more = {"source": "ada.zip", "submitted": datetime(2026, 1, 2, 3, 4, tzinfo=UTC), **more}
    return StudentGrade(student or Student(**{"id": "ada", **about}), exercises, **more)


def hostile_class():
    """Students whose every text is hostile, with a well-behaved one among them."""
    found = [graded(solved(), id="7", name="Ada Lovelace", email="ada@x.org", login="ada")]
    for number, text in enumerate(HOSTILE, start=10):
        failed = prop("adds", "failed", text=text, headline=text, says=text, misconception="m")
        exercises = [
            exercise(
                failed,
                prop("hides", "failed", text="the secret"),
                visible={"adds"},
                file=text,
                flags=(flag("refused", text), flag("tampering", text)),
                points=0.5,
            ),
        ]
        about = dict.fromkeys(("name", "email", "login", "sis_id", "section"), text)
        left = {"notes": (text,), "superseded": (text,), "problem": text, "source": text or "a"}
        found.append(graded(*exercises, id=f"{number}{text}", **about, **left))
    return found
