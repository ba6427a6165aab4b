"""The first failure of a learner's file, to be looked at closer: at a prompt, or in a debugger."""

import bdb
import pdb
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType, FunctionType
from typing import Any

from torchkata.devices.choice import place
from torchkata.judge.breakpoints import passed_by
from torchkata.judge.guard import seed_everything
from torchkata.judge.judging import Judge
from torchkata.judge.oracle import Subject
from torchkata.judge.verdict import Verdict
from torchkata.practice.examination import Examination
from torchkata.properties import Property
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.settings import Settings
from torchkata.telling.headlines import reason


@dataclass(frozen=True)
class Failure:
    """A verdict that a property fails, with the smallest inputs for which it does."""

    verdict: Verdict
    prop: Property
    subject: Subject
    inputs: Mapping[str, Any]


def first_failure(exercise: Exercise, devices: tuple[str, ...]) -> Failure:
    """The first property that a learner's file fails. A breakpoint() in it is passed by.

    Raises SuiteError where there is none, or where the file can't be judged at all.
    """
    judge = Judge(exercise, Settings(), answer_keys())
    examination = Examination(judge, exercise.stub_path)
    with passed_by():
        for prop, device in examination.checks(devices):
            verdict = examination.verdict(prop, device)
            if verdict.outcome == "passed":
                continue
            inputs = judge.smallest.get((prop.name, device))
            if inputs is None:
                raise SuiteError(f"{exercise.name}: {reason(verdict)}")
            return Failure(verdict, prop, examination.subject, inputs)
    raise SuiteError(f"{exercise.name} passes: nothing fails that could be looked at.")


def namespace(failure: Failure) -> dict[str, Any]:
    """The learner's functions, and what the call that fails is made with."""
    known = failure.subject.implementation.namespace
    names: dict[str, Any] = {
        name: value for name, value in known.items() if not name.startswith("__")
    }
    call = failure.verdict.call
    if call is None:
        names.update(place(dict(failure.inputs), failure.verdict.device))
    else:
        seed_everything()
        exec("\n".join([*call.imports, call.own, *call.lines[:-1]]), names)
    return names


def debug(failure: Failure) -> None:
    """Run the property on its inputs under pdb, which stops in the learner's functions.

    Raises BdbQuit where that is left by q, and what the property raises.
    """
    implementation, prop = failure.subject.implementation, failure.prop
    given = place(dict(failure.inputs), failure.verdict.device)
    debugger = _Debugger(prop.function.__globals__)
    for name in prop.targets:
        for code in _codes(implementation.namespace.get(name)):
            debugger.set_break(str(implementation.path), code.co_firstlineno, funcname=code.co_name)
    seed_everything()
    arguments = prop.arguments(given, failure.verdict.device)
    try:
        debugger.runcall(prop.function, implementation.view, **arguments)
    finally:
        if debugger.has_quit:  # the function may have been called where any error is caught
            raise bdb.BdbQuit


class _Debugger(pdb.Pdb):
    """Goes on where it would stop in a property, which `hidden` has the globals of."""

    has_quit = False

    def __init__(self, hidden: Mapping[str, Any]) -> None:
        super().__init__(nosigint=True)
        self._hidden = hidden

    def set_quit(self) -> None:
        self.has_quit = True
        super().set_quit()

    def user_line(self, frame: FrameType) -> None:
        if frame.f_globals is self._hidden:
            self.set_continue()
        else:
            super().user_line(frame)


def _codes(value: Any) -> Iterator[CodeType]:
    """The code of a function, or of the methods that a class defines."""
    for each in vars(value).values() if isinstance(value, type) else (value,):
        if isinstance(each, FunctionType):
            yield each.__code__


@contextmanager
def terminal_free(config: Any) -> Iterator[None]:
    """Within a run of pytest: give the terminal to a debugger."""
    capture = config.pluginmanager.getplugin("capturemanager")
    going = getattr(capture, "_global_capturing", None)  # no public word says whether it goes on
    captures = going is not None and going.is_started()
    if capture is not None:
        capture.suspend(in_=True)
    try:
        yield
    finally:
        if capture is not None:
            capture.resume()
            # Before a run begins it captures the input alone: else its header would be swallowed.
            if not captures:
                capture.suspend_global_capture(in_=False)
