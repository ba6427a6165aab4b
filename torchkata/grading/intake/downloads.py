"""Whose a file is, by the name that Canvas, Moodle, Blackboard, Brightspace or Gradescope gave."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from torchkata.grading.grades import Student

# A student's sortable name in lower case without what is no letter or digit, LATE, the student's
# number, the attachment's number and the file's own name. Without a name the LATE comes first.
_CANVAS = re.compile(
    r"(?:(?P<name>(?!LATE_|anon_).+?)_)?(?P<late>LATE_)?(?P<id>[0-9]+|anon_\w+?)"
    r"_(?:(?P<attachment>[0-9]+)_(?P<file>.+)|(?P<entry>text|link)\.html)",
    re.DOTALL,
)

# Canvas adds a number to a name that the student has used before, and at last a UUID.
_AGAIN = re.compile(
    r"(?P<stem>.+)-(?:(?P<number>[0-9]{1,9})|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"(?P<extension>\.\w+)",
    re.DOTALL,
)
_PAST_NUMBERS = 10**9
_LONGEST = 500

# A name has no underscore in Moodle's downloads. The file's own name follows where they are not
# made with a folder for each student.
_MOODLE = re.compile(
    r"(?P<name>[^_]*)_(?P<id>[0-9]+)_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?",
    re.DOTALL,
)

# The assignment's title, the username, the moment of the attempt, the file's own name. The file
# without one is Blackboard's own, about the attempt.
_BLACKBOARD = re.compile(
    r"(?P<head>.+)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
_BLACKBOARD_TIME = "%Y-%m-%d-%H-%M-%S"

# The user's and the folder's number, the name, the moment; the file's own name where the download
# is not made with a folder for each submission.
_BRIGHTSPACE = re.compile(
    r"(?P<id>[0-9]+)-[0-9]+ ?- ?(?P<name>.+?) ?- ?(?P<at>\w{3,9} [0-9]{1,2}, [0-9]{4} "
    r"[0-9]{3,4} [AP]M)(?: ?- ?(?P<file>.+))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a downloaded file or folder tells.

    `file` is the name that the student gave, without the number that Canvas added, which is
    `again`. `attachment` is Canvas's number, which grows with time. `at` is when it was handed in,
    by the system's own clock: then all that is of an earlier moment counts no more.
    """

    student: Student
    file: str
    late: bool = False
    attachment: int = 0
    again: int = 0
    at: datetime | None = None


def canvas(name: str) -> Named | None:
    """What the name of a file tells in a download from Canvas; None where it is no such name."""
    found = _CANVAS.fullmatch(name) if len(name) <= _LONGEST else None
    if found is None:
        return None
    number = found["id"] if found["id"].isdecimal() else ""
    student = Student(found["id"], found["name"] or "", canvas_id=number)
    file = found["file"] or f"{found['entry']}.html"
    late, attachment = found["late"] is not None, int(found["attachment"] or 0)
    again = _AGAIN.fullmatch(file)
    if again is None:
        return Named(student, file, late, attachment)
    times = int(again["number"] or _PAST_NUMBERS)
    return Named(student, again["stem"] + again["extension"], late, attachment, times)


def moodle(name: str) -> Named | None:
    """What the name of a folder or file tells in a download from Moodle; None where it is none.

    The student's id is the number of the participant, as in `Participant 123`.
    """
    found = _MOODLE.fullmatch(name) if len(name) <= _LONGEST else None
    if found is None:
        return None
    return Named(Student(found["id"], found["name"]), found["file"] or "")


def blackboard(names: Iterable[str]) -> dict[str, Named]:
    """What the names in a download from Blackboard tell, those that are such names.

    A title and a username may both hold underscores: what all names begin with is the title.
    """
    found = {name: _BLACKBOARD.fullmatch(name) for name in names if len(name) <= _LONGEST}
    matches = {name: each for name, each in found.items() if each is not None}
    heads = {each["head"] for each in matches.values()}
    first, last = min(heads, default=""), max(heads, default="")
    same = [one == other for one, other in zip(first, last, strict=False)]
    common = first[: same.index(False)] if False in same else first
    title = common.rfind("_") + 1
    told = {}
    for name, each in matches.items():
        at = _moment(each["at"], _BLACKBOARD_TIME)
        if at is not None:
            user, file = each["head"][title:], each["file"] or "attempt.txt"
            told[name] = Named(Student(user), file, at=at)
    return told


def brightspace(name: str) -> Named | None:
    """What the name of a folder or file tells in a download from Brightspace; None where none."""
    found = _BRIGHTSPACE.fullmatch(name) if len(name) <= _LONGEST else None
    if found is None:
        return None
    day, _, clock = found["at"].rpartition(", ")
    year, time, half = clock.split(" ")
    for month in ("%b", "%B"):
        at = _moment(f"{day} {year} {time:0>4} {half}", f"{month} %d %Y %I%M %p")
        if at is not None:
            return Named(Student(found["id"], found["name"]), found["file"] or "", at=at)
    return None


def _moment(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def gradescope(folder: Path) -> tuple[Student, datetime | None, bool] | None:
    """Who submitted to Gradescope, when, and whether late, for the folder of the submission.

    A group is one student, the first of it, with the names of all. None where no
    `submission_metadata.json` lies beside the folder, or none that tells who.
    """
    try:
        told: Any = json.loads((folder.parent / "submission_metadata.json").read_bytes())
        user = told["users"][0]
        names = ", ".join(str(each["name"]) for each in told["users"])
        student = Student(str(user["id"]), names, str(user["email"]))
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None
    try:
        submitted = datetime.fromisoformat(told["created_at"])
        due = told.get("assignment", {}).get("due_date")
        late = due is not None and submitted > datetime.fromisoformat(due)
    except (KeyError, TypeError, ValueError, AttributeError):
        return student, None, False
    return student, submitted, late
