"""Judges what a notebook holds, in its own process, as the file that it would be."""

import linecache
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import torch

from torchkata.devices.choice import choose
from torchkata.judge.breakpoints import passed_by
from torchkata.judge.guard import TorchState
from torchkata.judge.judging import Judge
from torchkata.judge.oracle import Oracle
from torchkata.judge.verdict import Verdict
from torchkata.notebook.result import Result
from torchkata.notebook.sources import Answer, AsFile, answer_of, as_file
from torchkata.practice.examination import Examination
from torchkata.suite.cache import answer_keys
from torchkata.suite.carried import nearest_suite
from torchkata.suite.curriculum import Exercise, Suite, SuiteError, did_you_mean
from torchkata.suite.settings import WATCH_LIMIT, Settings
from torchkata.suite.stubs import public_names, stub_of

_LINE = re.compile(r"\b(in line )(\d+)")


def judged(exercise: Exercise, answer: Answer, namespace: Mapping[str, Any], again: str) -> Result:
    """The verdicts on an answer to an exercise, on all devices that there are.

    `namespace` is where the answer was defined; `again` is what the learner writes to try again.
    Raises SuiteError where the exercise can't be judged here, or the answer can't be a file.
    """
    if exercise.set_aside is not None:
        raise SuiteError(f"{exercise.name} {exercise.set_aside}")
    file = as_file(answer, namespace, stub_of(exercise))
    path = f"cell of {exercise.name}"
    # Where Python, and torch.jit, look for the lines of what is in no file.
    linecache.cache[path] = len(file.text), None, file.text.splitlines(keepends=True), path
    with _as_in_a_new_process():
        judge = Judge(exercise, Settings(limit=WATCH_LIMIT))
        judge.oracle = _oracle(exercise)
        examination = Examination(judge, Path(path), given=file.text.encode(errors="replace"))
        with passed_by():
            verdicts = tuple(
                _in_the_cell(examination.verdict(prop, device), file)
                for prop, device in examination.checks(choose(None))
            )
    return Result(exercise.name, verdicts, again)


def source_of(answers: Sequence[Any], namespace: Mapping[str, Any]) -> tuple[Exercise, Answer]:
    """The exercise that functions or classes answer, and their source as one text.

    An answer may also be the name of an exercise: all its functions are taken from `namespace`.
    Raises SuiteError where it is not clear which exercise is meant.
    """
    suite = nearest_suite()
    if len(answers) == 1 and isinstance(answers[0], str):
        exercise = suite.find(answers[0])
        names = public_names(exercise.solution_path)
        found = [namespace[each] for each in names if each in namespace]
        if not found:
            raise SuiteError(f"None of {', '.join(names)} is defined here. Run their cells first.")
    else:
        found = list(answers)
        exercise = _exercise_of(suite, [_name(each) for each in found])
    taken = [answer_of(each, namespace) for each in found]
    if len(taken) == 1:
        return exercise, taken[0]
    return exercise, Answer("\n\n".join(each.text.rstrip("\n") for each in taken), 1)


def exercise_named(answer: Any) -> Exercise:
    """The exercise of a name, or that a function or class answers. Raises SuiteError."""
    suite = nearest_suite()
    return suite.find(answer) if isinstance(answer, str) else _exercise_of(suite, [_name(answer)])


def _name(value: Any) -> str:
    name = getattr(value, "__name__", None)
    if not callable(value) or not isinstance(name, str):
        raise SuiteError(
            "check takes functions, classes, or the name of an exercise, not a value of type "
            f"{type(value).__name__}."
        )
    return name


def _exercise_of(suite: Suite, names: Sequence[str]) -> Exercise:
    """The one exercise that asks for all these names, or that is called so."""
    wanted = set(names)
    asking = [each for each in suite.exercises if wanted <= set(_names(each.solution_path))]
    called = [each for each in asking if each.name in wanted]
    found = called or asking
    if len(found) == 1:
        return found[0]
    listed = " and ".join(names)
    if found:
        like = " or ".join(f'check("{each.name}")' for each in found[:4])
        raise SuiteError(f"Several exercises ask for {listed}. Say which one is meant: {like}.")
    known = {name: name for each in suite.exercises for name in _names(each.solution_path)}
    near = did_you_mean(names[0], known)
    raise SuiteError(f"No exercise asks for {listed}.{near}")


@cache
def _names(path: Path) -> tuple[str, ...]:
    return public_names(path)


@cache
def _oracle(exercise: Exercise) -> Oracle:
    """The oracle of an exercise, kept: what it makes depends on no learner.

    It reads the answer key of a clone, but writes none: code of the notebook has run before.
    """
    return Oracle(exercise, Settings().seed, cache=answer_keys())


@contextmanager
def _as_in_a_new_process() -> Iterator[None]:
    """Within it torch's switches are as torch has them at first, and sys.path is put back."""
    before, path = TorchState.now(), list(sys.path)
    replace(
        before,
        grad_enabled=True,
        default_dtype=torch.float32,
        default_device=torch.device("cpu"),
        default_device_set=False,
        deterministic=False,
        anomaly=False,
    ).restore()
    try:
        yield
    finally:
        before.restore()
        sys.path[:] = path


def _in_the_cell(verdict: Verdict, file: AsFile) -> Verdict:
    """A verdict with the numbers that lines have in the cell, where the file has others."""
    if not file.shift:
        return verdict

    def moved(number: int) -> int:
        return number - file.shift if number >= file.begins else number

    def said(sentence: str) -> str:
        return _LINE.sub(lambda found: f"{found[1]}{moved(int(found[2]))}", sentence)

    difference = verdict.difference
    return replace(
        verdict,
        line=moved(verdict.line),
        lines=tuple(replace(each, number=moved(each.number)) for each in verdict.lines),
        difference=difference and replace(difference, sentence=said(difference.sentence)),
        why=verdict.why and said(verdict.why),
    )
