"""Whether a folder is one submission or those of a class, by what lies right in it."""

from collections.abc import Mapping, Sequence
from itertools import islice

from torchkata.grading.intake import downloads
from torchkata.grading.intake.archive import MOST_FILES
from torchkata.grading.intake.downloads import Named
from torchkata.grading.intake.entries import Entry, children
from torchkata.grading.intake.gathering import is_zip, passed_over
from torchkata.suite.curriculum import Exercise


def name_of(entry: Entry) -> Named | None:
    """Whose it is by the name that Canvas or Moodle gave it."""
    if entry.kind == "folder":
        return downloads.moodle(entry.name)
    return downloads.canvas(entry.name) or downloads.moodle(entry.name)


def is_one(inside: Sequence[Entry], exercises: Mapping[str, Exercise]) -> bool:
    """Whether what is in a folder makes it one submission."""
    topics: dict[str, set[str]] = {}
    for name, exercise in exercises.items():
        topics.setdefault(exercise.topic, set()).add(name)
    return any(
        each.name in exercises
        or (each.kind == "folder" and each.name == "exercises")
        or (each.kind == "folder" and each.name in topics and _holds(each, topics[each.name]))
        for each in inside
    )


def _holds(folder: Entry, names: set[str]) -> bool:
    return any(each.name in names for each in _looked(folder))


def is_class(folder: Entry, exercises: Mapping[str, Exercise], deeper: int = 3) -> bool:
    """Whether a folder surely holds what several students handed in, or has a folder that does."""
    inside = _looked(folder, None)
    if any(map(name_of, inside)):
        return True
    if len(inside) == 1 and inside[0].kind == "folder" and deeper:
        return is_class(inside[0], exercises, deeper - 1)
    each_one = (
        (each.kind == "file" and is_zip(each.name))
        or (each.kind == "folder" and _is_one_or_holds_one(each, exercises))
        for each in inside
    )
    return sum(islice(filter(None, each_one), 2)) == 2


def _is_one_or_holds_one(folder: Entry, exercises: Mapping[str, Exercise]) -> bool:
    inside = _looked(folder)
    return is_one(inside, exercises) or any(
        each.kind == "folder" and is_one(_looked(each), exercises) for each in inside
    )


def _looked(folder: Entry, most: int | None = MOST_FILES) -> list[Entry]:
    """What is in a folder that need not be readable."""
    try:
        return seen(children(folder, most))
    except OSError:
        return []


def seen(entries: Sequence[Entry]) -> list[Entry]:
    return [each for each in entries if not passed_over(each)]
