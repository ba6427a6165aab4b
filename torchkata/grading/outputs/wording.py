"""What is said of a grade: figures, and the sentences that a student may read.

Of a property whose details are hidden a student learns how many there are and how they came out,
never its name, its sentence or its verdict.
"""

from collections import Counter

from torchkata.grading.grades import (
    ExerciseGrade,
    FlagKind,
    Outcome,
    PropertyResult,
    Student,
    StudentGrade,
)
from torchkata.grading.outputs.harmless import one_line, short

_CAME_OUT: dict[Outcome, str] = {
    "passed": "passed",
    "failed": "failed",
    "todo": "not written yet",
    "untried": "not tried",
}
_COUNTED: dict[Outcome, tuple[str, str]] = {
    "passed": ("property passed", "properties passed"),
    "failed": ("property failed", "properties failed"),
    "todo": ("property is not written yet", "properties are not written yet"),
    "untried": ("property was not tried", "properties were not tried"),
}
_SAYS_STANDING = {
    "todo": "The stub is as it was: nothing is written yet.",
    "missing": "No file for it was submitted.",
    "not judged": "It could not be judged. That is not your doing.",
}


def figure(points: float, decimals: int = 4) -> str:
    """Points as text: at most so many decimals, and none that says nothing."""
    return f"{round(points, decimals) + 0.0:.{decimals}f}".rstrip("0").rstrip(".")


def called(student: Student) -> str:
    """The student's name and id in one line; the id alone where no name is known."""
    name, key = short(student.name), short(student.id)
    return f"{name} ({key})" if name and name != key else key


def came_out(outcome: Outcome) -> str:
    """How a property came out, in words."""
    return _CAME_OUT[outcome]


def is_incomplete(grade: StudentGrade) -> bool:
    """Whether points are missing because something could not be judged."""
    return any(each.standing == "not judged" and not each.override for each in grade.exercises)


def shown(grade: ExerciseGrade) -> tuple[PropertyResult, ...]:
    """The properties whose details the student may see."""
    return tuple(each for each in _properties(grade) if each.name in grade.visible)


def hidden(grade: ExerciseGrade) -> str:
    """How the properties came out whose details the student may not see; empty without any."""
    counts = Counter(each.outcome for each in _properties(grade) if each.name not in grade.visible)
    more = " more" if shown(grade) else ""
    parts = [
        f"{counts[outcome]}{more} {one if counts[outcome] == 1 else several}"
        for outcome, (one, several) in _COUNTED.items()
        if counts[outcome]
    ]
    return f"{', '.join(parts)}." if parts else ""


def standing(grade: ExerciseGrade) -> str:
    """How the exercise stands, with the number of properties that hold where some do not."""
    total = len(_properties(grade))
    if grade.standing != "failing" or not total:
        return grade.standing
    passed = sum(each.outcome == "passed" for each in _properties(grade))
    return f"failing, {passed} of {total} {'property holds' if total == 1 else 'properties hold'}"


def sentences(grade: ExerciseGrade, limit: float) -> tuple[str, ...]:
    """What a student is told of an exercise beside its properties; `limit` is in seconds.

    Whether something looks like tampering is for the instructor to judge, and is not among it.
    """
    told = [_SAYS_STANDING[grade.standing]] if grade.standing in _SAYS_STANDING else []
    flags = grade.result.flags if grade.result else ()
    fixed: dict[FlagKind, str] = {
        "time": f"It took longer than the {limit:g} s that it has, and was ended.",
        "memory": "It needed more memory than it has, and was ended.",
        "crash": "Its process ended before it had answered.",
    }
    secret = [
        text
        for each in _properties(grade)
        if each.name not in grade.visible
        for text in (each.name, each.sentence)
        if text
    ]
    for flag in flags:
        if flag.kind in fixed:
            told.append(fixed[flag.kind])
        # Why something could not be judged is the grader's own affair, and names their files.
        elif grade.standing == "not judged":
            continue
        elif flag.kind == "refused" and not any(text in flag.says for text in secret):
            told.append(one_line(flag.says))
    return tuple(dict.fromkeys(told))


def override(grade: ExerciseGrade) -> str:
    """The points that an instructor gave, with the reason; empty where none were given."""
    given = grade.override
    if given is None:
        return ""
    reason = one_line(" ".join(given.reason.split()))
    return f"Your instructor gave {figure(given.points)} of {figure(grade.out_of)}: {reason}"


def _properties(grade: ExerciseGrade) -> tuple[PropertyResult, ...]:
    return grade.result.properties if grade.result else ()
