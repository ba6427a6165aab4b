"""Whose a file is, by the name that Canvas, Moodle or Gradescope gave it."""

import json
import re
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


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a downloaded file or folder tells.

    `file` is the name that the student gave, without the number that Canvas added, which is
    `again`. `attachment` is Canvas's number, which grows with time.
    """

    student: Student
    file: str
    late: bool = False
    attachment: int = 0
    again: int = 0


def canvas(name: str) -> Named | None:
    """What the name of a file tells in a download from Canvas; None where it is no such name."""
    found = _CANVAS.fullmatch(name) if len(name) <= _LONGEST else None
    if found is None:
        return None
    student = Student(found["id"], found["name"] or "")
    file = found["file"] or f"{found['entry']}.html"
    late, attachment = found["late"] is not None, int(found["attachment"] or 0)
    again = _AGAIN.fullmatch(file)
    if again is None:
        return Named(student, file, late, attachment)
    number = int(again["number"] or _PAST_NUMBERS)
    return Named(student, again["stem"] + again["extension"], late, attachment, number)


def moodle(name: str) -> Named | None:
    """What the name of a folder or file tells in a download from Moodle; None where it is none.

    The student's id is the number of the participant, as in `Participant 123`.
    """
    found = _MOODLE.fullmatch(name) if len(name) <= _LONGEST else None
    if found is None:
        return None
    return Named(Student(found["id"], found["name"]), found["file"] or "")


def gradescope(folder: Path) -> tuple[Student, datetime | None, bool] | None:
    """Who submitted to Gradescope, when, and whether late, for the folder of the submission.

    None where no `submission_metadata.json` lies beside the folder, or none that tells who.
    """
    try:
        told: Any = json.loads((folder.parent / "submission_metadata.json").read_bytes())
        user = told["users"][0]
        student = Student(str(user["id"]), str(user["name"]), str(user["email"]))
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None
    try:
        submitted = datetime.fromisoformat(told["created_at"])
        due = told.get("assignment", {}).get("due_date")
        late = due is not None and submitted > datetime.fromisoformat(due)
    except (KeyError, TypeError, ValueError, AttributeError):
        return student, None, False
    return student, submitted, late
