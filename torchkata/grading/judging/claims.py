"""What workers claim of a file: asked property by property, and decoded with care."""

import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from torchkata.grading.grades import FlagKind
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging import codec, wire
from torchkata.grading.judging.sitting import Sitting
from torchkata.grading.judging.slot import Fork
from torchkata.judge.behaviour import is_cause
from torchkata.judge.loading import LoadFailure
from torchkata.suite.curriculum import Exercise
from torchkata.values.observation import Observation, Raised
from torchkata.values.plain import Malformed

_GRACE = 1.0
"""Seconds past its limit that a worker has to say that time is up, before it is ended."""

_LEAST = 0.2
"""Seconds that must be left for a worker to begin with."""

_ROOM = 2 * wire.LARGEST_ANSWER
"""Bytes that an answer may have, and four times those of the right one."""

_NO_MEMORY = ("can't allocate memory", "not enough memory", "Cannot allocate memory")

Step = tuple[str, str]
"""A property's name and a device."""


class Expected(NamedTuple):
    """What the solution does with one input, and the bytes that say so."""

    observation: Observation
    raw: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a step has no answer that can be judged."""

    kind: FlagKind
    says: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker claims to have seen in one step; as wire.Answer."""

    seen: Sequence[Observation]
    printed: Sequence[str]
    growth: tuple[int, int] | None
    breach: tuple[str, int] | None
    last: bool = False


@dataclass(slots=True)
class Told:
    """What came of one file, over all the forks that it took."""

    facts: wire.Facts | None = None
    answers: dict[Step, Answer] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    seconds: float = 0.0

    def copy(self, seconds: float = 0.0) -> "Told":
        """One to be added to, on its own; `seconds` are added to those that it took."""
        return Told(self.facts, dict(self.answers), dict(self.faults), self.seconds + seconds)


def ask(
    sitting: Sitting,
    source: bytes,
    exercise: Exercise,
    expected: Mapping[Step, Sequence[Expected]],
    assignment: Assignment,
    more: int = 0,
    told: Told | None = None,
) -> Told:
    """Have a worker run all properties, and another one those that the first did not reach.

    `more` files of the same student are to come after this one. With `told`, what came of the file
    before, on other devices, is added to, unless it could not be loaded.
    """
    told = told or Told()
    earlier = told.copy()
    plan = list(expected)
    if told.facts is not None and told.facts.failure is not None:
        return told
    deadline = time.monotonic() + assignment.limit
    while plan:
        left = deadline - time.monotonic()
        if left < _LEAST:
            used_up = Fault("time", f"The {assignment.limit:g} s for it were used up.")
            told.faults |= {name: used_up for name, _ in plan}
            break
        job = wire.Job(
            exercise.topic,
            exercise.name,
            plan,
            str(exercise.stub_path.relative_to(exercise.root)),
            left,
            assignment.memory << 20,
            more,
        )
        fork = sitting.begin(job, source)
        heard = _Heard(None, None)
        try:
            heard = _listen(fork, job, told, expected)
        finally:
            if heard.left is not None and heard.left.as_it_was:
                ended, seconds = None, sitting.keep(heard.left)
            else:
                ended = sitting.end()
                seconds = ended.seconds
            told.seconds += seconds
        if sitting.is_used and (heard.fault is not None or _is_short(told)):
            # It may be the files before that have used up what this one lacks.
            told = earlier.copy(told.seconds - earlier.seconds)
            deadline = time.monotonic() + assignment.limit
            sitting.close()
            continue
        if told.facts is not None and told.facts.failure is not None:
            failure = LoadFailure(*told.facts.failure)
            if failure.timed_out:
                told.faults[plan[0][0]] = Fault("time", failure.sentence)
            break
        if heard.fault is None:
            # Where it could go no further, another one does the rest; each does one at least.
            plan = [each for each in plan if each not in told.answers]
            continue
        name, fault = heard.fault
        if fault.kind == "crash":
            assert ended is not None
            fault = _end_of(ended, assignment)
        if told.facts is None:  # it died while it was loaded, and would again
            told.faults |= {each: fault for each, _ in plan}
            break
        told.faults[name] = fault
        plan = [each for each in plan if each[0] != name and each not in told.answers]
    return told


class _Heard(NamedTuple):
    """The property at which a worker went wrong and how, and how it says it has left its process.

    A fault of the kind `crash` stands for an end that the zygote knows more about.
    """

    fault: tuple[str, Fault] | None
    left: wire.Left | None


def _is_short(told: Told) -> bool:
    """Whether a file lacked time or memory."""
    if told.facts is not None and told.facts.failure is not None:
        return LoadFailure(*told.facts.failure).timed_out
    seen = (each for answer in told.answers.values() for each in answer.seen)
    return any(is_cause(each, "time") or lacked_memory(each) for each in seen)


def lacked_memory(found: Observation) -> bool:
    """Whether it ended where the system or torch gave no more memory."""
    match found.outcome:
        case Raised(kinds=kinds, message=message):
            return "MemoryError" in kinds or any(each in message for each in _NO_MEMORY)
    return False


def _listen(
    fork: Fork, job: wire.Job, told: Told, expected: Mapping[Step, Sequence[Expected]]
) -> _Heard:
    """Take what a worker says until all is said."""
    end = time.monotonic() + job.seconds + _GRACE
    slow = 0
    name = job.plan[0][0]
    try:
        raw = fork.frame(_ROOM, end)
        if raw is None:
            return _Heard((name, Fault("crash", "")), None)
        told.facts = wire.facts(raw)
        for step in job.plan if told.facts.failure is None else ():
            name = step[0]
            late = time.monotonic() + wire.share(job, slow) + _GRACE
            raw = fork.frame(_room(expected[step]), min(end, late))
            if raw is None:
                return _Heard((name, Fault("crash", "")), None)
            answer = decoded(expected[step], raw)
            told.answers[step] = answer
            if answer.last:
                return _Heard(None, None)
            if answer.seen and is_cause(answer.seen[-1], "time"):
                slow += 1
                says = f"{name}: {answer.seen[-1].outcome.message}."
                told.faults.setdefault(name, Fault("time", says))
    except TimeoutError:
        says = "Ended for its time: no answer came before it was used up."
        return _Heard((name, Fault("time", says)), None)
    except Malformed as error:
        says = f"Its process said what it can't say: {error}."
        return _Heard((name, Fault("tampering", says)), None)
    return _Heard(None, _left(fork, job))


def _left(fork: Fork, job: wire.Job) -> wire.Left | None:
    """How a worker says it has left its process; None where it does not, or it is no matter."""
    if not job.more:
        return None
    try:
        raw = fork.frame(_ROOM, time.monotonic() + _GRACE)
        return None if raw is None else wire.left(raw)
    except (TimeoutError, Malformed):
        return None


def _room(expected: Sequence[Expected]) -> int:
    return _ROOM + 4 * sum(len(each.raw) for each in expected)


def decoded(expected: Sequence[Expected], raw: bytes) -> Answer:
    """What a worker claims in one step. Raises Malformed for what can't be."""
    answer = wire.answer(raw, len(expected))
    try:
        seen = [
            want.observation if got == want.raw else codec.decode_seen(got, want.observation)
            for want, got in zip(expected, answer.seen, strict=False)
        ]
    except Malformed:
        raise
    except Exception as error:  # whatever a claim may do to what takes it apart
        raise Malformed(f"a value that can't be: {type(error).__name__}") from None
    return Answer(seen, answer.printed, answer.growth, answer.breach, answer.last)


def _end_of(ended: wire.Ended, assignment: Assignment) -> Fault:
    """Why a fork that was not told to end has ended."""
    if ended.excess:
        return Fault("memory", f"Ended for its memory: more than {assignment.memory} MiB.")
    if ended.status >= 0:
        says = f"Ended its own process (exit status {ended.status}) before it was judged."
        return Fault("crash", says)
    if -ended.status == signal.SIGXCPU:
        return Fault("time", "Ended by the system: it used more of the processor than it may.")
    if -ended.status == signal.SIGKILL:
        return Fault("time", "Ended by SIGKILL: by itself, or for its use of the processor.")
    name = signal.strsignal(-ended.status) or "an unknown one"
    says = f"Ended by signal {-ended.status} ({name}), as a crash in native code does."
    return Fault("crash", says)
