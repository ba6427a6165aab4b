"""What a fork of the zygote does with a student's files: load each, run properties, answer.

All of it runs beside hostile code, in a process that ends with it. It knows the properties and
their inputs, and no solution. What it says is taken as a claim.
"""

import importlib
import linecache
import socket
import sys
import time
import types
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from torchkata.grading.intake.entries import LARGEST_FILE
from torchkata.grading.judging import codec, wire
from torchkata.grading.judging.traces import Before
from torchkata.grading.sandbox import confinement
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Contract, ContractBroken, of_module
from torchkata.judge.loading import LearnerFile, NotLoadable, load
from torchkata.judge.operations import names_of
from torchkata.judge.specification import Specification, specification_in
from torchkata.judge.trial import banned, observe, operation_counts, without_reference
from torchkata.properties import Property
from torchkata.suite.curriculum import Exercise
from torchkata.suite.stubs import names_of as names_of_stub
from torchkata.values.observation import Raised
from torchkata.values.plain import clean

_LARGEST_JOB = 1 << 20
"""Bytes of the largest message of the judge on a worker's line."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An exercise as a worker knows it: from its test file and its stub."""

    exercise: Exercise
    specification: Specification
    stub: str
    contract: Contract
    inputs: Mapping[str, list[dict[str, Any]]]


def prepare(exercise: Exercise, told: wire.Prepare) -> Prepared:
    """Get ready for an exercise. Raises what its test file raises."""
    for name in told.modules:
        if name not in sys.modules:
            with suppress(Exception):  # the judge may have had what is not to be had here
                importlib.import_module(name)
    # Classes of the student's module and functions of the test file must pickle, by these names.
    for package in ("exercises", "tests"):
        for name in (package, f"{package}.{exercise.topic}"):
            sys.modules.setdefault(name, types.ModuleType(name))
    loaded = specification_in(_tests(exercise, told.tests), exercise)
    for prop in loaded.properties:
        names_of(banned(prop))
    names_of_stub(told.stub)
    stub = types.ModuleType(f"stubs.{exercise.topic}.{exercise.name}")
    exec(compile(told.stub, "stub", "exec", dont_inherit=True), vars(stub))
    return Prepared(
        exercise,
        loaded,
        told.stub,
        Contract.of(stub),
        {
            name: [codec.decode_inputs(each) for each in inputs]
            for name, inputs in told.inputs.items()
        },
    )


def _tests(exercise: Exercise, text: str) -> types.ModuleType:
    """The test file as a module, from a text that is on no disk here."""
    name, path = f"tests.{exercise.topic}.test_{exercise.name}", str(exercise.test_path)
    module = types.ModuleType(name)
    module.__file__ = path
    linecache.cache[path] = len(text), None, text.splitlines(keepends=True), path
    sys.modules[name] = module
    exec(compile(text, path, "exec", dont_inherit=True), vars(module))
    return module


def start_threads(devices: str) -> None:
    """Have torch start those threads that it can't do without: autograd has one for each device.

    On cuda it is this process that gets to the device, and its end that frees it. Afterwards none
    may be started: a student's thread could change what is being looked at.
    """
    backward: Any = torch.autograd.backward
    for device in devices.split(","):
        if device != "cpu":
            backward(torch.ones(1, requires_grad=True, device=device))


def serve(
    prepared: Mapping[tuple[str, str], Prepared],
    job: wire.Job,
    line: socket.socket,
    kept: bool,
    before: Before | None,
) -> None:
    """Take the file of a job, work on it, and then those of the jobs that come on the line.

    Where the worker is `kept` from others the current folder is its own. `before` is how the
    process was before any student's code; without it there is one job.
    """
    reader = wire.Reader(line)
    if before is not None:
        before = before.after_confining()
    while True:
        started = time.process_time()
        source = reader.frame(LARGEST_FILE, time.monotonic() + job.seconds)
        if source is None:
            return
        if kept:
            _lay_down(job, source)
        work(prepared[job.topic, job.name], job, source, line)
        if before is None or not job.more:
            return
        _clear_away(job)
        left = wire.Left(before.is_still(), time.process_time() - started)
        wire.send(line, wire.encode(left))
        raw = reader.frame(_LARGEST_JOB) if left.as_it_was else None
        if raw is None:
            return
        message = wire.from_judge(raw)
        assert isinstance(message, wire.Job)
        job = message
        confinement.limit_processor(job.seconds)


def _lay_down(job: wire.Job, source: bytes) -> None:
    """Put a file where it is told to lie, for code that reads its own.

    For a worker that is confined: the current folder is its own.
    """
    path = Path(job.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source)
    path.chmod(0o444)
    path.parent.chmod(0o555)


def _clear_away(job: wire.Job) -> None:
    """Take away what there is of a file, so that the next does not find it."""
    topic = f"exercises.{job.topic}"
    sys.modules.pop(f"{topic}.{job.name}", None)
    linecache.cache.pop(str(Path(job.path)), None)
    with suppress(OSError):  # what the student's code has put there stays, and is seen
        path = Path(job.path)
        path.parent.chmod(0o755)
        path.unlink()
        for folder in path.parents[:-1]:
            folder.rmdir()


def work(prepared: Prepared, job: wire.Job, source: bytes, line: socket.socket) -> None:
    """Tell the facts of a file, then give an answer for each step of the job's plan."""
    path = Path(job.path)
    file = LearnerFile(path, prepared.stub, source)
    for told in _told(prepared, job, file):
        wire.send(line, wire.encode(told))


def _told(
    prepared: Prepared, job: wire.Job, file: LearnerFile
) -> Iterator[wire.Facts | wire.Answer]:
    failure = None
    module = None
    exercise = prepared.exercise
    try:
        # Tracebacks and torch.jit.script look for the text, which is on no disk here.
        lines = file.source.splitlines(keepends=True)
        linecache.cache[str(file.path)] = len(file.source), None, lines, str(file.path)
        with Guard(job.seconds) as guard:
            module = load(file, f"exercises.{exercise.topic}.{exercise.name}", guard)
    except NotLoadable as error:
        told = error.failure
        raised = (clean(told.error[0]), clean(told.error[1])) if told.error else None
        sentence, detail = clean(told.sentence), clean(told.detail)
        failure = sentence, told.line, detail, raised, told.timed_out
    yield wire.Facts(
        {clean(name): line for name, line in file.lines.items()},
        [clean(name) for name in file.untouched],
        file.is_begun,
        failure,
    )
    if module is None:
        return
    implementation = of_module(module, prepared.contract, file.path)
    properties = {prop.name: prop for prop in prepared.specification.properties}
    slow: set[str] = set()
    for name, device in job.plan:
        prop = properties[name]
        if name in slow or file.waits_for(prop.targets):
            yield wire.Answer([], [], None, None)
            continue
        breach = _breach(prop, implementation, file)
        if breach is not None:
            yield wire.Answer([], [], None, breach)
            continue
        limit = wire.share(job, len(slow))
        answer, timed_out = _answer(prop, implementation, prepared.inputs[name], device, limit)
        if timed_out:
            slow.add(name)
        answer.last = device == "cuda" and not _cuda_works()
        yield answer
        if answer.last:
            return


def _cuda_works() -> bool:
    """Whether CUDA still does: after an assertion on the device nothing works in a process."""
    try:
        torch.cuda.synchronize()
    except RuntimeError:
        return False
    return True


def _breach(prop: Property, implementation: Any, file: LearnerFile) -> tuple[str, int] | None:
    for name in prop.targets:
        try:
            implementation.checked(name)
        except ContractBroken as error:
            return clean(str(error)), file.lines.get(name, 1)
    return None


def _answer(
    prop: Property,
    implementation: Any,
    inputs: list[dict[str, Any]],
    device: str,
    limit: float,
) -> tuple[wire.Answer, bool]:
    """The answer to one step, and whether it used up its time."""
    seen, printed = [], []
    growth = None
    timed_out = False
    room = wire.LARGEST_ANSWER
    with Guard(limit) as guard:
        for each in inputs:
            found = observe(prop, implementation, each, device, guard, witness=without_reference)
            raw = codec.encode_seen(found)
            room -= len(raw)
            seen.append(raw if room > 0 else codec.encode_seen(codec.without_values(found)))
            printed.append(clean(guard.printed.text()))
            timed_out = isinstance(found.outcome, Raised) and found.outcome.cause == "time"
            if timed_out:
                break
        if prop.vectorized is not None and not timed_out:
            growth = operation_counts(prop, implementation, device, guard)
    return wire.Answer(seen, printed if any(printed) else [], growth, None), timed_out
