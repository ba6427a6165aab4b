"""Which student of the roster a submission is from."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torchkata.grading.grades import Student
from torchkata.grading.intake.entries import shown

UNKNOWN = "No student of the roster is called so."


@dataclass(frozen=True, slots=True)
class Register:
    """The students of a roster by what they may be called: id, email, login, SIS id and name.

    Only what one student alone is called is in it.
    """

    by: tuple[Mapping[str, Student], ...]

    def find(self, caller: Student) -> tuple[Student | None, tuple[str, ...]]:
        """The student of the roster that is meant, or None, and what is to be said of that.

        The id of the `caller` may be any of what a student is called.
        """
        called = caller.id.strip()
        ids, emails, logins, sis_ids, names = self.by
        fold = called.casefold()
        student = (
            ids.get(called)
            or emails.get(caller.email.casefold() or fold)
            or logins.get(fold)
            or sis_ids.get(called)
            or names.get(squashed(caller.name or called))
        )
        if student is None and (student := self._of_assignment(fold)) is not None:
            return student, (f"{shown(called)} is taken for the login {shown(student.login)}.",)
        if student is None:
            return None, (UNKNOWN,) if self.by[0] else ()
        if caller.name and student.name and not _agree(caller.name, student.name):
            return student, (f"Handed in under the name {shown(caller.name)}.",)
        return student, ()

    def _of_assignment(self, called: str) -> Student | None:
        """The student whose login follows an assignment's name, as GitHub Classroom has it."""
        parts = called.split("-")
        endings = ("-".join(parts[begin:]) for begin in range(1, len(parts)))
        return next((self.by[2][each] for each in endings if each in self.by[2]), None)


def register(roster: Sequence[Student]) -> Register:
    """A roster to look students up in."""
    called: tuple[list[tuple[str, Student]], ...] = ([], [], [], [], [])
    for each in roster:
        called[0].append((each.id, each))
        called[1].append((each.email.casefold(), each))
        called[2].append((each.login.casefold(), each))
        called[3].append((each.sis_id, each))
        called[4].extend((name, each) for name in _names(each.name))
    return Register(tuple(_of_one(pairs) for pairs in called))


def squashed(name: str) -> str:
    """A name as Canvas writes it: in lower case, without what is no letter or digit."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", name).lower())


def _names(name: str) -> set[str]:
    """How a name may be squashed, the family name first or last."""
    family, comma, given = name.partition(",")
    if not comma:
        given, _, family = name.strip().rpartition(" ")
    return {squashed(given + family), squashed(family + given)} - {""}


def _agree(one: str, other: str) -> bool:
    return not _names(one).isdisjoint(_names(other))


def _of_one(pairs: list[tuple[str, Student]]) -> dict[str, Student]:
    found: dict[str, Student] = {}
    several: set[str] = set()
    for name, student in pairs:
        if found.setdefault(name, student) is not student:
            several.add(name)
    return {name: each for name, each in found.items() if name and name not in several}
