"""Which of several files is judged for an exercise, and which file without its name is meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from torchkata.grading.intake import archive, notebooks
from torchkata.grading.intake.asked import asked_for, is_stub
from torchkata.grading.intake.entries import (
    LARGEST_FILE,
    LARGEST_NOTEBOOK,
    Entry,
    Unreadable,
    contents,
    shown,
)
from torchkata.suite.curriculum import Exercise
from torchkata.suite.layout import Meant, is_code

_LOOKED_INTO = 50
"""How many files of a student that are called as no exercise are looked into."""


@dataclass(frozen=True)
class Candidate:
    """A file that may be the one of an exercise. `earlier` is lower for what came later."""

    path: str
    entry: Entry
    meant: Meant
    earlier: int
    in_archive: bool

    @cached_property
    def raw(self) -> bytes | None:
        return read_entry(self.path, self.entry, self.meant.is_notebook)

    def rank(self, beside: bool) -> tuple[int, bool, bool, bool, int, int, str]:
        """Of several, the lowest counts. `beside` says that there are others."""
        stub = beside and self.raw is not None and is_stub(self.raw, self.meant.exercise)
        place = self.meant.elsewhere, self.path.count("/"), self.path
        return (self.earlier, stub, self.meant.is_notebook, self.in_archive, *place)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The file that counts and those that don't; none counts where it is not clear which."""

    taken: Candidate | None
    lesser: tuple[Candidate, ...] = ()
    note: str = ""


def choose(found: Sequence[Candidate], exercise: Exercise) -> Chosen | None:
    """Which of the files that are called as an exercise, or nearly so, counts; None without any.

    One that is called just so counts before all others, unless it is the stub and one other isn't.
    """
    ordered = sorted(found, key=lambda each: each.rank(len(found) > 1))
    exact = [each for each in ordered if each.meant.exact]
    near = [each for each in ordered if not each.meant.exact]
    different = {each.raw for each in near if each.raw is None or not is_stub(each.raw, exercise)}
    begun = len(different) == 1
    first_is_stub = bool(exact) and len(found) > 1 and exact[0].rank(True)[1]
    if near and begun and (not exact or first_is_stub):
        taken = next(each for each in near if each.raw in different)
        note = f"{shown(taken.path)} is taken for {exercise.key}: it is nearly called so."
    elif exact:
        taken, note = exact[0], ""
    elif near and not different:
        taken = near[0]
        note = f"{shown(taken.path)} is taken for {exercise.key}: it is nearly called so."
    else:
        return Chosen(None, tuple(near)) if near else None
    lesser = tuple(each for each in ordered if each is not taken)
    return Chosen(taken, lesser, " ".join(filter(None, (note, _of_notebook(taken)))))


def defining(
    others: Sequence[tuple[str, Entry]], missing: Sequence[Exercise]
) -> Iterator[tuple[Exercise, Chosen]]:
    """For an exercise that no file is called after, the one that defines what it asks for."""
    texts: list[tuple[str, Entry, set[str], bool]] = []
    for path, entry in others:
        if entry.kind != "file" or not is_code(path):
            continue
        if not missing or len(texts) >= _LOOKED_INTO:
            break
        is_notebook = path.lower().endswith(".ipynb")
        raw = read_entry(path, entry, is_notebook)
        names = set() if raw is None else _defined(raw, path, is_notebook)
        texts.append((path, entry, names, is_notebook))
    for exercise in missing:
        wanted = asked_for(exercise)
        found = [each for each in texts if each[2].issuperset(wanted)]
        if len(found) == 1:
            path, entry, _, is_notebook = found[0]
            taken = Candidate(path, entry, Meant(exercise, 2, False, is_notebook), 0, False)
            note = f"{shown(path)} is taken for {exercise.key}: it defines {_named(wanted)}."
            yield exercise, Chosen(taken, (), " ".join(filter(None, (note, _of_notebook(taken)))))


def read_entry(path: str, entry: Entry, is_notebook: bool) -> bytes | None:
    """The bytes of what was handed in; None where they can't be read."""
    largest = LARGEST_NOTEBOOK if is_notebook else LARGEST_FILE
    try:
        if entry.member is None:
            return contents(entry.location, path, largest)
        return archive.member_contents(entry.location, entry.member, path, largest)
    except Unreadable:
        return None


def _of_notebook(taken: Candidate) -> str:
    """What is to be said of a notebook that is judged."""
    if not taken.meant.is_notebook:
        return ""
    names = asked_for(taken.meant.exercise)
    path = shown(taken.path)
    cells = f"the cells that define {_named(names)} are judged, and what they use"
    note = f"{path} is a notebook: {cells}."
    try:
        magics = notebooks.extract(taken.raw or b"", names, path).magics
    except notebooks.BadNotebook as error:
        return str(error)
    lines = "1 line of magics is" if magics == 1 else f"{magics} lines of magics are"
    return f"{note} {lines} left out." if magics else note


def _defined(raw: bytes, path: str, is_notebook: bool) -> set[str]:
    if not is_notebook:
        return notebooks.names_in(raw.decode("utf-8", "replace"))
    try:
        return notebooks.defined(raw, path)
    except notebooks.BadNotebook:
        return set()


def _named(names: Sequence[str]) -> str:
    return " and ".join(names)
