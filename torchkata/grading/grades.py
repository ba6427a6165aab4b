"""What grading knows of a student, as plain data: what the gradebook keeps and the exports read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

Outcome = Literal["passed", "failed", "todo", "untried"]
"""Of a property: `untried` where the file could not be judged as far as this property."""

Standing = Literal["solved", "failing", "todo", "missing", "not judged"]
"""Of an exercise: `todo` is the untouched stub, `missing` is no file, `not judged` is our fault."""

STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

Tier = Literal["namespaces", "users", "none"]
"""What keeps student code from the machine: `users` is a user of its own for each worker."""

FlagKind = Literal["tampering", "reach", "time", "memory", "crash", "refused", "handed in"]
"""`reach`: a file that reaches for what judges it; `handed in`: what is odd about a submission."""


@dataclass(frozen=True, slots=True)
class Student:
    """Who submitted. `id` is the key everywhere; whatever else is not known is empty.

    `id` comes from the roster, or else from the download or the folder's name. `canvas_id` is the
    number that Canvas itself has for the student, where it said so.
    """

    id: str
    name: str = ""
    email: str = ""
    login: str = ""
    sis_id: str = ""
    section: str = ""
    canvas_id: str = ""


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of a submission: where it lies, as a `member` of an archive where that is given.

    `path` names it for people, as it was within the submission. Of a notebook, the cells that
    define these `names` are the file.
    """

    path: str
    location: str
    member: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftAside:
    """What was handed in and is not judged: its path, and why in a few words."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something for a person to look at, with a sentence."""

    kind: FlagKind
    says: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What counts of a student: exercise key → file.

    `submitted` is when, and `clocked` says that it is by the learning system's own clock; else it
    is as old as the files say, which may be the student's word or the day of the download.
    `source` names the folder or archive for people. `problem` says in a sentence why it can't be
    read; then `files` is empty. `notes` say what is to be known of it, `flags` what a person should
    look at. `left` is each thing that is not judged. `superseded` names the earlier submissions of
    the same student.
    """

    student: Student
    source: str
    files: Mapping[str, SubmittedFile]
    submitted: datetime | None = None
    late: bool = False
    problem: str | None = None
    notes: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    left: tuple[LeftAside, ...] = ()
    flags: tuple[Flag, ...] = ()
    clocked: bool = False


@dataclass(frozen=True, slots=True)
class PropertyResult:
    """How a property came out over all devices; where it failed, the first verdict that says so.

    `text` is that verdict as in practice, plain, and `picture` what of it can be drawn, as HTML.
    `misconception` and `says` are the diagnosis.
    `rests_on` lists what only the student's process could tell: operations, memory, assertions,
    device, requires_grad, inputs afterwards.
    """

    name: str
    sentence: str
    outcome: Outcome
    device: str = ""
    stage: str | None = None
    headline: str = ""
    text: str = ""
    misconception: str | None = None
    says: str | None = None
    rests_on: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a result was made from.

    `key` is a digest of all that it depends on: the file, the exercise, the seed, torch. `digest`
    is one of the file alone. `draw` tells which of the class's seeds it was: 0 the first, and a
    further one for each grading that had resubmissions.
    """

    key: str
    digest: str = ""
    draw: int = 0


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """How an exercise came out for a file.

    `key`, `digest` and `draw` are its Basis, `seed` is that of its inputs. `file` names the file as
    it was submitted, empty where there is none. `seconds` are of CPU time.
    """

    exercise: str
    key: str
    standing: Standing
    file: str = ""
    properties: tuple[PropertyResult, ...] = ()
    flags: tuple[Flag, ...] = ()
    seconds: float = 0.0
    digest: str = ""
    draw: int = 0
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Points that an instructor gave, with the reason. `at` is the time in ISO 8601, UTC."""

    points: float
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class ExerciseGrade:
    """An exercise's points for a student: an override where there is one, or those `computed`.

    `visible` names the properties whose details the student may see. `resting` are those of the
    computed points that rest on the word of the student's process. `taken_off` is the percentage of
    the computed points that lateness costs.
    """

    exercise: str
    out_of: float
    computed: float
    result: ExerciseResult | None
    override: Override | None = None
    visible: frozenset[str] = frozenset()
    resting: float = 0.0
    taken_off: float = 0.0

    @property
    def points(self) -> float:
        """The points for what was handed in, whenever that was."""
        return self.computed if self.override is None else self.override.points

    @property
    def final(self) -> float:
        """The points that other systems are given: for what is late fewer, unless by hand."""
        return self.points if self.override else self.computed * (1 - self.taken_off / 100)

    @property
    def standing(self) -> Standing:
        return self.result.standing if self.result else "missing"


@dataclass(frozen=True, slots=True)
class Lateness:
    """What the assignment's policy on lateness comes to for a student.

    `percent` of the points are taken off, for `days` begun after `due`; `says` is a sentence on it,
    or on why nothing could be applied. It is empty for who was in time.
    """

    due: datetime
    days: int = 0
    percent: float = 0.0
    says: str = ""


@dataclass(frozen=True, slots=True)
class StudentGrade:
    """All that is known of one student; `source` is empty where nothing was submitted.

    `lateness` is None where the assignment has no policy on it.
    """

    student: Student
    exercises: tuple[ExerciseGrade, ...]
    source: str = ""
    submitted: datetime | None = None
    late: bool = False
    problem: str | None = None
    notes: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    left: tuple[LeftAside, ...] = ()
    flags: tuple[Flag, ...] = ()
    clocked: bool = False
    lateness: Lateness | None = None

    @property
    def points(self) -> float:
        """The points for what was handed in, whenever that was."""
        return sum(each.points for each in self.exercises)

    @property
    def final(self) -> float:
        """The points that other systems are given, after what lateness costs."""
        return sum(each.final for each in self.exercises)

    @property
    def out_of(self) -> float:
        return sum(each.out_of for each in self.exercises)

    @property
    def resting(self) -> float:
        """The points that rest on the word of the student's process."""
        return sum(each.resting for each in self.exercises)


@dataclass(frozen=True, slots=True)
class Run:
    """How a class was graded, and behind what: `unprotected` says, a sentence each, what it lacked.

    `left` is what lay among the submissions and is no student's.
    """

    title: str
    seed: int
    devices: tuple[str, ...]
    torch: str
    limit: float
    suite: str
    unprotected: tuple[str, ...] = ()
    left: tuple[LeftAside, ...] = ()
    tier: Tier = "namespaces"
