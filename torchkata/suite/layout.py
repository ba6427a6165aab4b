"""Where the file of an exercise lies in a learner's or a student's folder, and how it is called.

The one place that knows. Paths are relative to the folder, with slashes: nothing here looks at a
disk, so it serves folders and archives alike.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from torchkata.suite.curriculum import Exercise

EXPECTED = "exercises/TOPIC/NAME.py, TOPIC/NAME.py or NAME.py"

_LEFT_BEHIND = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"}
_NOT_ANSWERS = {"solutions", "tests", "env", "venv", "node_modules", "site-packages"}
_SUFFIX = re.compile(r"\.(py|ipynb)(?:\.txt)?", re.IGNORECASE)
_COPIED = re.compile(
    r"(?: ?\(\d+\)|-\d+|[ _-]+(?:copy|kopie|copie)(?: ?\(?\d+\)?)?)+", re.IGNORECASE
)
_NO_ANSWER = re.compile(r"test[ _-].*|.*[ _-](?:tests?|hints?|old|backup|bak|orig(?:inal)?)|.*\..*")


class Meant(NamedTuple):
    """The exercise that a file is of. `elsewhere` is 0 where it lies where the suite has it.

    `exact` is its name: the exercise's, letter for letter. `is_notebook` says what it holds.
    """

    exercise: Exercise
    elsewhere: int
    exact: bool
    is_notebook: bool


class Layout:
    """Finds the files of these exercises by their paths."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        self._by_name = {each.name: each for each in exercises}
        self._topics: dict[str, set[str]] = {}
        for each in self._by_name.values():
            self._topics.setdefault(each.topic, set()).add(each.name)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(self._by_name.values())

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(self._topics)

    def meant(self, path: str) -> Meant | None:
        """The exercise that a file is of, by its name; None where it is of none, or of several."""
        *folders, name = path.split("/")
        stem, suffix, rest = name.rpartition(".")
        exact = self._by_name.get(stem) if suffix and rest in ("py", "ipynb") else None
        exercise = exact or self._near(name)
        if exercise is None:
            return None
        is_notebook = ".ipynb" in name.lower()
        return Meant(exercise, _elsewhere(folders, exercise), exact is not None, is_notebook)

    def _near(self, name: str) -> Exercise | None:
        found = _SUFFIX.search(name)
        if found is None or found.end() != len(name):
            return None
        stem = _COPIED.sub("", name[: found.start()].strip())
        if _NO_ANSWER.fullmatch(stem.lower()):
            return None
        stem = re.sub(r"[ _-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", stem)).lower()
        within = [each for each in self._by_name if f"_{each}_" in f"_{stem}_"]
        # `fix_layout` holds `layout` too: the longest alone is meant.
        whole = [one for one in within if not any(one != each and one in each for each in within)]
        return self._by_name[whole[0]] if len(whole) == 1 else None

    def is_one(
        self, inside: Iterable[tuple[str, bool]], below: Callable[[str], Iterable[str]]
    ) -> bool:
        """Whether what lies right in a folder makes it one submission.

        `inside` are names, and whether each is a folder's; `below` gives the names in a folder.
        """
        return any(
            self.is_whole([(name, is_folder)], below) or (not is_folder and self._is_exact(name))
            for name, is_folder in inside
        )

    def is_whole(
        self, inside: Iterable[tuple[str, bool]], below: Callable[[str], Iterable[str]]
    ) -> bool:
        """Whether it has the folder `exercises`, or that of a topic with what belongs there."""
        return any(
            is_folder
            and (
                name == "exercises"
                or (name in self._topics and any(map(self._is_exact, below(name))))
            )
            for name, is_folder in inside
        )

    def _is_exact(self, name: str) -> bool:
        stem, _, suffix = name.rpartition(".")
        return suffix in ("py", "ipynb") and stem in self._by_name


def is_code(name: str) -> bool:
    """Whether a file is called as Python's files or notebooks are."""
    return name.lower().endswith((".py", ".ipynb"))


def is_left_behind(name: str) -> bool:
    """Whether a file or folder is one that programs leave behind."""
    return name.startswith(".") or name in _LEFT_BEHIND


def is_no_answer(name: str) -> bool:
    """Whether a folder within a submission is the suite's own, or an environment's."""
    return name in _NOT_ANSWERS


def _elsewhere(folders: list[str], exercise: Exercise) -> int:
    """How far from where the suite has it a file lies: 0, 1 or 2."""
    if folders[-2:] == ["exercises", exercise.topic]:
        return 0
    return 1 if folders[-1:] == [exercise.topic] else 2
