"""The suite as it lies on disk: its root, its topics in order, and each exercise's three files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

CURRICULUM = Path("exercises", "curriculum.toml")

LEVELS = {1: "easy", 2: "medium", 3: "hard"}
"""How hard an exercise is, in words."""


class SuiteError(Exception):
    """The suite's files are not as they must be; the message says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Modules that an exercise needs and not everybody has, and torchkata's extra that has them."""

    modules: tuple[str, ...]
    extra: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: three mirrored files under the suite's root.

    `requires` is what it needs beyond what torchkata itself does, `level` how hard it is: a key of
    LEVELS, or None where nobody said so.
    """

    root: Path
    topic: str
    name: str
    requires: Requirement | None = None
    level: int | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        return f"{self.topic}/{self.name}"

    @property
    def stub_path(self) -> Path:
        return self.root / "exercises" / self.topic / f"{self.name}.py"

    @property
    def solution_path(self) -> Path:
        return self.root / "solutions" / self.topic / f"{self.name}.py"

    @property
    def test_path(self) -> Path:
        return self.root / "tests" / self.topic / f"test_{self.name}.py"

    @property
    def page_path(self) -> Path:
        """The page of its topic."""
        return self.stub_path.with_name("README.md")

    @property
    def set_aside(self) -> str | None:
        """Why the exercise can't be judged here, and what to do; None where it can.

        What is set aside counts neither as solved nor as to do.
        """
        if self.requires is None:
            return None
        missing = [each for each in self.requires.modules if find_spec(each) is None]
        if not missing:
            return None
        are = "which is" if len(missing) == 1 else "which are"
        return (
            f"needs {' and '.join(missing)}, {are} not installed: "
            f"`pip install -e '.[{self.requires.extra}]'`"
        )

    @property
    def answers_path(self) -> Path:
        """The folder of further right and wrong answers, as whole files."""
        return self.root / "tests" / "answers" / self.topic / self.name


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of exercises in learning order.

    `teaches` says in a line what for, `needs` names the topics that come first, and `minutes` is
    about how long it takes.
    """

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    teaches: str = ""
    needs: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """All topics in learning order."""

    root: Path
    topics: tuple[Topic, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(exercise for topic in self.topics for exercise in topic.exercises)

    @property
    def judged(self) -> tuple[Exercise, ...]:
        """The exercises that can be judged here."""
        return tuple(each for each in self.exercises if each.set_aside is None)

    def find(self, name: str) -> Exercise:
        """The exercise called `name` or `topic/name`.

        Raises SuiteError, naming the nearest exercises, where there is none.
        """
        for exercise in self.exercises:
            if name in (exercise.name, exercise.key):
                return exercise
        near = did_you_mean(name.rpartition("/")[2], self._keys)
        raise SuiteError(f"There is no exercise {name!r}.{near}")

    def topic(self, name: str) -> Topic:
        """The topic called `name`. Raises SuiteError, naming the nearest topics."""
        for topic in self.topics:
            if topic.name == name:
                return topic
        raise SuiteError(f"There is no topic {name!r}.{did_you_mean(name, self._topic_names)}")

    def named(self, name: str) -> tuple[Exercise, ...]:
        """The exercises of the topic called `name`, or the one exercise.

        Raises SuiteError, naming the nearest of both.
        """
        for topic in self.topics:
            if topic.name == name:
                return topic.exercises
        try:
            return (self.find(name),)
        except SuiteError:
            near = did_you_mean(name.rpartition("/")[2], self._topic_names | self._keys)
            raise SuiteError(f"There is no exercise and no topic {name!r}.{near}") from None

    def with_file(self, path: Path) -> Exercise | None:
        """The exercise that has `path` as one of its three files or among its answers."""
        # By names first: an editor asks for a thousand ids at once, and to join paths takes long.
        names = path.stem, path.stem.removeprefix("test_"), path.parent.name
        for exercise in self.exercises:
            if exercise.name not in names:
                continue
            if path in (exercise.stub_path, exercise.solution_path, exercise.test_path):
                return exercise
            if path.parent == exercise.answers_path:
                return exercise
        return None

    @property
    def _topic_names(self) -> dict[str, str]:
        return {topic.name: topic.name for topic in self.topics}

    @property
    def _keys(self) -> dict[str, str]:
        """Each exercise's name with its key."""
        return {exercise.name: exercise.key for exercise in self.exercises}


def did_you_mean(name: str, known: Mapping[str, str]) -> str:
    """A sentence with the values of those keys of `known` that are nearest to `name`, or nothing.

    It begins with a space, to stand behind the sentence that says what is wrong.
    """
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(known[each] for each in near)}?" if near else ""


def find_root(start: Path) -> Path:
    """The suite's root: the nearest folder at or above `start` that holds the curriculum."""
    for folder in (start, *start.parents):
        if (folder / CURRICULUM).is_file():
            return folder
    raise SuiteError(
        f"{start} is not inside a torchkata suite: no folder at or above it holds {CURRICULUM}. "
        "Run this inside your clone."
    )


def suite_here() -> Suite:
    """The suite that the working directory is in. Raises SuiteError."""
    return read_suite(find_root(working_directory()))


def working_directory() -> Path:
    """The working directory. Raises SuiteError where it was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise SuiteError("The folder that you are in was removed. Change to your clone.") from None


def read_suite(root: Path) -> Suite:
    """Read the curriculum of the suite at `root`.

    Raises SuiteError where the file is not valid, or names an exercise twice.
    """
    path = root / CURRICULUM
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SuiteError(f"{path}: can't be read: {error}") from None
    topics = tuple(_topic(path, root, name, entry) for name, entry in table.items())
    suite = Suite(root, topics)
    before: set[str] = set()
    for topic in topics:
        for need in topic.needs:
            if need not in before:
                raise SuiteError(
                    f"{path}: [{topic.name}] needs {need!r}, which is no topic before it."
                )
        before.add(topic.name)
    seen: dict[str, str] = {}
    for exercise in suite.exercises:
        if exercise.name in seen:
            raise SuiteError(
                f"{path}: {exercise.name!r} stands in {seen[exercise.name]} and in "
                f"{exercise.topic}: exercise names are unique across topics."
            )
        seen[exercise.name] = exercise.topic
    return suite


def _topic(path: Path, root: Path, name: str, entry: object) -> Topic:
    match entry:
        case {"title": str(title), "exercises": [*listed], **rest} if all(map(_listed, listed)):
            named = [each for each in map(_listed, listed) if each is not None]
            match {"teaches": "", "needs": [], "minutes": None, "requires": {}, **rest}:
                case {
                    "teaches": str(teaches),
                    "needs": [*needs],
                    "minutes": int() | None as minutes,
                    "requires": dict() as requires,
                    **others,
                } if (
                    not others
                    and all(isinstance(each, str) for each in needs)
                    and requires.keys() <= {key for key, _ in named}
                    and all(map(_requirement, requires.values()))
                ):
                    exercises = tuple(
                        Exercise(root, name, key, _requirement(requires.get(key)), level)
                        for key, level in named
                    )
                    first = tuple(str(each) for each in needs)
                    return Topic(name, title, exercises, teaches, first, minutes)
    raise SuiteError(
        f"{path}: [{name}] must hold `title`, a string, and `exercises`, a list of module names, "
        "each alone or as a table of `name` and `level`, which is 1, 2 or 3; "
        "it may hold `teaches`, a string, `needs`, a list of topics, `minutes`, a whole number, "
        "and `requires`, which gives an exercise's `modules`, a list of names, and the `extra` "
        f"that installs them; found {entry!r}."
    )


def _listed(entry: object) -> tuple[str, int | None] | None:
    """The name and the level of an exercise in a topic's list; None where the entry won't do."""
    match entry:
        case str(name) if name.isidentifier():
            return name, None
        case {"name": str(name), "level": int(level), **rest} if not rest and name.isidentifier():
            return (name, level) if level in LEVELS else None
    return None


def _requirement(entry: object) -> Requirement | None:
    match entry:
        case {"modules": [_, *_] as modules, "extra": str(extra), **rest} if not rest and all(
            isinstance(each, str) for each in modules
        ):
            return Requirement(tuple(modules), extra)
    return None
