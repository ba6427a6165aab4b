"""Whether a folder is one submission or those of a class, by what lies right in it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from torchkata.grading.intake import downloads
from torchkata.grading.intake.archive import MOST_FILES, is_archive
from torchkata.grading.intake.entries import Entry, children
from torchkata.suite.layout import Layout, is_left_behind, is_no_answer


def is_download(entry: Entry) -> bool:
    """Whether Canvas, Moodle, Blackboard or Brightspace named it after a student."""
    if downloads.brightspace(entry.name) or downloads.moodle(entry.name):
        return True
    if entry.kind == "folder":
        return False
    return bool(downloads.canvas(entry.name) or downloads.blackboard([entry.name]))


def is_one(inside: Sequence[Entry], layout: Layout) -> bool:
    """Whether what is in a folder makes it one submission."""
    return layout.is_one(*_told(inside))


def is_surely_one(inside: Sequence[Entry], layout: Layout) -> bool:
    """Whether it has the suite's own folders: no class has."""
    return layout.is_whole(*_told(inside))


def is_class(folder: Entry, layout: Layout, deeper: int = 3) -> bool:
    """Whether a folder surely holds what several students handed in, or has a folder that does."""
    inside = _looked(folder, None)
    if any(map(is_download, inside)):
        return True
    if len(inside) == 1 and inside[0].kind == "folder" and deeper:
        return is_class(inside[0], layout, deeper - 1)
    return has_several(inside, layout)


def has_several(inside: Iterable[Entry], layout: Layout) -> bool:
    """Whether two things in a folder are one student's each."""
    each_one = (
        (each.kind == "file" and is_archive(each.name))
        or (each.kind == "folder" and _is_one_or_holds_one(each, layout))
        for each in inside
    )
    return sum(islice(filter(None, each_one), 2)) == 2


def of_students(entries: Sequence[Entry], layout: Layout) -> list[Entry]:
    """What in a folder of a class may be a student's, whatever the student is called."""
    return [each for each in entries if _may_be_students(each, layout)]


def _may_be_students(entry: Entry, layout: Layout) -> bool:
    if entry.kind == "outside":
        return True
    if is_left_behind(entry.name):
        return False
    return not is_no_answer(entry.name) or _is_students(entry, layout)


def _is_students(entry: Entry, layout: Layout) -> bool:
    """Whether a folder that is called as one of the suite's is that of a student so called.

    The suite's own hold a folder for each topic.
    """
    inside = _looked(entry)
    return is_one(inside, layout) and not any(
        each.kind == "folder" and each.name in layout.topics for each in inside
    )


def _is_one_or_holds_one(folder: Entry, layout: Layout) -> bool:
    inside = _looked(folder)
    return is_one(inside, layout) or any(
        each.kind == "folder" and is_one(_looked(each), layout) for each in inside
    )


def _told(
    inside: Sequence[Entry],
) -> tuple[list[tuple[str, bool]], Callable[[str], list[str]]]:
    """Names and whether they are folders', and what gives the names in one of the folders."""
    folders = {each.name: each for each in inside if each.kind == "folder"}
    named = [(each.name, each.kind == "folder") for each in inside]
    return named, lambda name: [each.name for each in _looked(folders[name])]


def _looked(folder: Entry, most: int | None = MOST_FILES) -> list[Entry]:
    """What is in a folder that need not be readable."""
    try:
        return [each for each in children(folder, most) if not _is_passed_over(each)]
    except OSError:
        return []


def _is_passed_over(entry: Entry) -> bool:
    return entry.kind != "outside" and (is_left_behind(entry.name) or is_no_answer(entry.name))
