"""What workers claim of a file: asked property by property, and decoded with care."""

import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from torchkata.grading.grades import FlagKind
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging import codec, wire
from torchkata.grading.judging.slot import Fork, Slot
from torchkata.judge.behaviour import is_cause
from torchkata.judge.loading import LoadFailure
from torchkata.suite.curriculum import Exercise
from torchkata.values.observation import Observation
from torchkata.values.plain import Malformed

_GRACE = 1.0
"""Seconds past its limit that a worker has to say that time is up, before it is ended."""

_LEAST = 0.2
"""Seconds that must be left for a worker to begin with."""

_ROOM = 2 * wire.LARGEST_ANSWER
"""Bytes that an answer may have, and four times those of the right one."""

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
    """What a worker claims to have seen in one step."""

    seen: Sequence[Observation]
    printed: Sequence[str]
    growth: tuple[int, int] | None
    breach: tuple[str, int] | None


@dataclass(slots=True)
class Told:
    """What came of one file, over all the forks that it took."""

    facts: wire.Facts | None = None
    answers: dict[Step, Answer] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    seconds: float = 0.0


def ask(
    slot: Slot,
    source: bytes,
    exercise: Exercise,
    expected: Mapping[Step, Sequence[Expected]],
    assignment: Assignment,
) -> Told:
    """Have a worker run all properties, and another one those that the first did not reach."""
    told = Told()
    plan = list(expected)
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
        )
        fork = slot.begin(job, source)
        failed: tuple[str, Fault] | None = None
        try:
            failed = _listen(fork, job, told, expected)
        finally:
            ended = fork.end()
            told.seconds += ended.seconds
        if told.facts is not None and told.facts.failure is not None:
            failure = LoadFailure(*told.facts.failure)
            if failure.timed_out:
                told.faults[plan[0][0]] = Fault("time", failure.sentence)
            break
        if failed is None:
            break
        name, fault = failed
        if fault.kind == "crash":
            fault = _end_of(ended, assignment)
        if told.facts is None:  # it died while it was loaded, and would again
            told.faults |= {each: fault for each, _ in plan}
            break
        told.faults[name] = fault
        plan = [each for each in plan if each[0] != name and each not in told.answers]
    return told


def _listen(
    fork: Fork, job: wire.Job, told: Told, expected: Mapping[Step, Sequence[Expected]]
) -> tuple[str, Fault] | None:
    """Take what a worker says until all is said; the property at which it went wrong, and how.

    A fault of the kind `crash` stands for an end that the zygote knows more about.
    """
    end = time.monotonic() + job.seconds + _GRACE
    slow = 0
    name = job.plan[0][0]
    try:
        raw = fork.frame(_ROOM, end)
        if raw is None:
            return name, Fault("crash", "")
        told.facts = wire.facts(raw)
        if told.facts.failure is not None:
            return None
        for step in job.plan:
            name = step[0]
            late = time.monotonic() + wire.share(job, slow) + _GRACE
            raw = fork.frame(_room(expected[step]), min(end, late))
            if raw is None:
                return name, Fault("crash", "")
            answer = decoded(expected[step], raw)
            told.answers[step] = answer
            if answer.seen and is_cause(answer.seen[-1], "time"):
                slow += 1
                says = f"{name}: {answer.seen[-1].outcome.message}."
                told.faults.setdefault(name, Fault("time", says))
    except TimeoutError:
        says = "Ended for its time: no answer came before it was used up."
        return name, Fault("time", says)
    except Malformed as error:
        return name, Fault("tampering", f"Its process said what it can't say: {error}.")
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
    return Answer(seen, answer.printed, answer.growth, answer.breach)


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
