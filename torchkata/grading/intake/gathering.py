"""What one student handed in, looked through for the files of exercises.

Everything in it is accounted for: taken for an exercise, or left aside for a reason.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from torchkata.grading.grades import Flag, LeftAside, SubmittedFile
from torchkata.grading.intake import archive, walking
from torchkata.grading.intake.archive import BadArchive, is_archive
from torchkata.grading.intake.asked import asked_for
from torchkata.grading.intake.choosing import Candidate, Chosen, choose, defining
from torchkata.grading.intake.entries import Entry, modified, shown
from torchkata.grading.intake.walking import Part, Refused, Seen
from torchkata.suite.curriculum import Exercise
from torchkata.suite.layout import Layout

MOST_ARCHIVES = 10
"""How many archives of a student are opened."""

_NAMED = 4
_RUN_BY_THEMSELVES = re.compile(
    r"(?:conftest|sitecustomize|usercustomize|torch|numpy|torchkata)\.py|pytest\.ini|.*\.pth",
    re.DOTALL,
)
_REMARKS = {
    "folder": " (too deep)",
    "link": " (a symbolic link)",
    "special": " (a pipe or a device)",
}
_NO_FILE = "no file of an exercise"
_ANOTHER = "another file of the exercise counts"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What counts of it. `modified` is in seconds since 1970, of the file changed last.

    `dated_by_student` says that this stands in the student's own archive: it is no more than said.
    """

    files: Mapping[str, SubmittedFile]
    problem: str | None
    notes: tuple[str, ...]
    modified: float | None
    left: tuple[LeftAside, ...]
    flags: tuple[Flag, ...]
    dated_by_student: bool


@dataclass(slots=True)
class _Sorted:
    """What was found: files of exercises by key, all else, and what can't be read."""

    found: dict[str, list[Candidate]] = field(default_factory=dict)
    others: list[tuple[str, Entry]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)


def gather(parts: Sequence[Part], layout: Layout) -> Gathered:
    """The files of exercises in what a student handed in.

    Raises nothing: what can't be read is a problem, or a note where there is something else.
    """
    sorted_ = _sort(parts, layout)
    chosen: dict[str, Chosen] = {}
    unclear: list[tuple[Exercise, Chosen]] = []
    missing = []
    for exercise in layout.exercises:
        one = choose(sorted_.found.get(exercise.key, []), exercise)
        if one is None:
            missing.append(exercise)
        elif one.taken is None:
            unclear.append((exercise, one))
        else:
            chosen[exercise.key] = one
    for exercise, one in defining(sorted_.others, missing):
        chosen[exercise.key] = one
    taken = {key: one.taken for key, one in chosen.items() if one.taken is not None}
    order = [each.key for each in layout.exercises if each.key in taken]
    # One string for all of a class.
    files = {sys.intern(key): _submitted(taken[key], layout) for key in order}
    wrong = [says for _, says in sorted_.wrong]
    paths = {each.path for each in taken.values()}
    others = [each for each in sorted_.others if each[0] not in paths]
    lesser = [each.path for key in order for each in chosen[key].lesser]
    twice = [taken[key].path for key in order if taken[key].entry.repeated]
    told = [chosen[key].note for key in order if chosen[key].note]
    named = [path + _REMARKS.get(entry.kind, "") for path, entry in others]
    notes = [*told, *_notes(named, lesser, twice), *(wrong if files else ())]
    left = [
        *(LeftAside(path, _why(entry)) for path, entry in others),
        *(LeftAside(path, _ANOTHER) for path in lesser),
        *(
            LeftAside(each.path, "not clear which counts")
            for _, one in unclear
            for each in one.lesser
        ),
        *(LeftAside(*each) for each in sorted_.wrong),
        *sorted_.seen.left,
    ]
    dated = [each.entry for each in taken.values()] or [part.entry for part in parts]
    times = [time for time in map(modified, dated) if time is not None]
    problem = " ".join(wrong) if wrong and not files else None
    flags = [Flag("handed in", _unclear(*each)) for each in unclear]
    flags += [Flag("handed in", each) for each in wrong if files]
    if not files and not wrong and not unclear and (others or sorted_.seen.left):
        flags.append(Flag("handed in", "Nothing of it is judged: no file is of an exercise."))
    return Gathered(
        files,
        problem,
        tuple(notes),
        max(times, default=None),
        tuple(left),
        tuple(flags),
        any(archive.is_students(each.entry) for each in taken.values()),
    )


def _sort(parts: Sequence[Part], layout: Layout) -> _Sorted:
    sorted_ = _Sorted()
    ahead = list(parts)
    for part in ahead:
        opened = part.entry.kind == "file" and is_archive(part.name)
        try:
            below = list(walking.files(part, opened, len(ahead) == 1, sorted_.seen))
        except (Refused, BadArchive) as error:
            sorted_.wrong.append((part.name, str(error)))
            continue
        except OSError as error:
            says = f"{shown(part.name)} can't be read: {error.strerror}."
            sorted_.wrong.append((part.name, says))
            continue
        for path, entry in below:
            name = path.rpartition("/")[2]
            meant = layout.meant(path)
            if meant is not None and (meant.exact or entry.kind == "file"):
                each = Candidate(path, entry, meant, -part.order, opened)
                sorted_.found.setdefault(meant.exercise.key, []).append(each)
            elif (
                entry.kind == "file"
                and is_archive(name)
                and not opened
                and len(ahead) < len(parts) + MOST_ARCHIVES
            ):
                ahead.append(Part(entry, path, part.order))
            else:
                sorted_.others.append((path, entry))
    return sorted_


def _submitted(each: Candidate, layout: Layout) -> SubmittedFile:
    names = asked_for(each.meant.exercise) if each.meant.is_notebook else ()
    return SubmittedFile(each.path, each.entry.location, each.entry.member, names)


def _unclear(exercise: Exercise, one: Chosen) -> str:
    return (
        f"Several files may be meant for {exercise.key}, and none is judged: "
        f"{_listed([each.path for each in one.lesser])}."
    )


def _why(entry: Entry) -> str:
    if entry.kind == "file" and is_archive(entry.name):
        return "an archive in an archive: it is not opened"
    return _NO_FILE + _REMARKS.get(entry.kind, "")


def _notes(others: list[str], lesser: list[str], twice: list[str]) -> Iterator[str]:
    if others:
        by_themselves = [each for each in others if _runs_by_itself(each)]
        rest = [each for each in others if not _runs_by_itself(each)]
        yield f"Left aside, as {_NO_FILE}: {_listed(by_themselves + rest)}."
    if lesser:
        yield f"Left aside, as {_ANOTHER}: {_listed(lesser)}."
    if twice:
        yield f"More than once in its archive, and the last counts: {_listed(twice)}."


def _runs_by_itself(path: str) -> bool:
    return _RUN_BY_THEMSELVES.fullmatch(path.rpartition("/")[2]) is not None


def _listed(paths: list[str]) -> str:
    named = ", ".join(shown(each) for each in paths[:_NAMED])
    more = len(paths) - _NAMED
    return f"{named} and {more:,} more" if more > 0 else named
