"""What a person should look at in a class, and what its students can be filtered by."""

from collections import Counter
from collections.abc import Mapping, Sequence

from torchkata.grading.grades import STANDINGS, StudentGrade

_LOOKS = {
    "tampering": "Tampering",
    "reach": "Reaches for what judges it",
    "handed in": "Handed in",
    "refused": "Refused",
    "not judged": "Not judged",
    "unread": "Can't be read",
    "crash": "Crash",
    "memory": "Memory",
    "time": "Time",
}
"""What a person should look at, the gravest first."""


def is_late(grade: StudentGrade) -> bool:
    """Whether a submission came late, by its platform or by the assignment's date."""
    return grade.late or bool(grade.lateness and grade.lateness.days)


def kinds(grade: StudentGrade) -> list[str]:
    """All that a student can be filtered by."""
    standings = {each.standing for each in grade.exercises}
    told: dict[str, bool] = {
        "all solved": standings == {"solved"},
        **{str(each): each in standings for each in STANDINGS},
        "to look at": bool(student_looks(grade)),
        "late": is_late(grade),
        "changed by hand": any(each.override for each in grade.exercises),
        "nothing submitted": not grade.source,
    }
    return [kind for kind, holds in told.items() if holds]


def filters(grades: Sequence[StudentGrade]) -> Mapping[str, int]:
    """How many students there are of each kind that there is."""
    return Counter(kind for each in grades for kind in kinds(each))


def looks(grades: Sequence[StudentGrade]) -> list[tuple[str, str, list[tuple[int, str, str]]]]:
    """What to look at by its kind: the kind, its title, and for each the place of the student in
    the class, the exercise and the sentence."""
    found: dict[str, list[tuple[int, str, str]]] = {kind: [] for kind in _LOOKS}
    for place, grade in enumerate(grades):
        for kind, exercise, says in student_looks(grade):
            found[kind].append((place, exercise, says))
    return [(kind, _LOOKS[kind], each) for kind, each in found.items() if each]


def student_looks(grade: StudentGrade) -> list[tuple[str, str, str]]:
    """What to look at of a student: its kind, the exercise if it is of one, and a sentence."""
    looks = [("unread", "", grade.problem)] if grade.problem else []
    looks += [(flag.kind, "", flag.says) for flag in grade.flags]
    for each in grade.exercises:
        flags = each.result.flags if each.result else ()
        looks += [(flag.kind, each.exercise, flag.says) for flag in flags]
        if each.standing == "not judged" and not flags:
            looks.append(("not judged", each.exercise, "It has no verdict: grade it again."))
    return looks
