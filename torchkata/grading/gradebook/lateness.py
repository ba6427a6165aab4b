"""What the assignment's policy on lateness comes to for one student."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from torchkata.grading.grades import Lateness, Student, StudentGrade, Submission
from torchkata.grading.intake.lateness import Late
from torchkata.suite.curriculum import did_you_mean

_DAY = timedelta(days=1)


def lateness(policy: Late, grade: StudentGrade) -> Lateness:
    """What lateness costs a student, by the time that the learning system gives and no other.

    Each day that has begun after the due date counts. Where that time isn't known, nothing is taken
    off, and the sentence says so.
    """
    due = due_date(policy, grade.student)
    if not grade.source:
        return Lateness(due)
    if grade.submitted is None or not grade.clocked:
        marked = ", though it is marked as late" if grade.late else ""
        says = f"When it was submitted is not known for sure{marked}: nothing is taken off."
        return Lateness(due, says=says)
    submitted = grade.submitted
    if submitted.tzinfo is None:
        if not policy.zone:
            return Lateness(
                due,
                says="The learning system gives its time without a zone, and the assignment has no "
                "late.zone: nothing is taken off for lateness.",
            )
        submitted = submitted.replace(tzinfo=ZoneInfo(policy.zone))
    days = max(0, -((due - submitted) // _DAY))
    if not days:
        return Lateness(due)
    percent = min(days * policy.percent, policy.cap)
    begun = "1 day" if days == 1 else f"{days} days"
    says = f"{percent:g} % is taken off: {begun} late, due {_shown(due)}."
    return Lateness(due, days, percent, says)


def unknown_extensions(policy: Late, submissions: Iterable[Submission]) -> Iterator[str]:
    """A sentence for each extension that nobody in the class has, by the name that it is under."""
    known = {name for each in submissions for name in _names_of(each.student)}
    for name in policy.extensions:
        if name not in known:
            near = did_you_mean(name, {each: each for each in known})
            yield f"late.extensions.{name}: nobody in the class has that id, login or email.{near}"


def due_date(policy: Late, student: Student) -> datetime:
    """The date that holds for a student: an extension, or that of all."""
    given = (policy.extensions[name] for name in _names_of(student) if name in policy.extensions)
    return next(given, policy.due)


def _names_of(student: Student) -> Iterator[str]:
    yield from filter(None, (student.id, student.login, student.email, student.sis_id))


def _shown(date: datetime) -> str:
    return f"{date:%Y-%m-%d %H:%M} {date.tzname() or ''}".strip()
