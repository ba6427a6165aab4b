"""A warm process: it has torch, the engine and an exercise's inputs ready before a file is saved.

One process judges one file once, so that nothing of a learner's code outlives its verdict. It is
forked from a server that has imported everything and has never seen a learner's code. Meanwhile the
next one gets ready. This module itself imports nothing heavy.
"""

import gc
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from torchkata.settings import Settings
from torchkata.suite import Exercise, SuiteError, read_suite
from torchkata.summary import Summary

_IMPORTS = ["__main__", "torchkata.warm_imports"]
_GO = b"go"
_DONE = b""
# A process that has imported torch can't be forked safely on macOS; elsewhere there is no fork.
_METHOD = "forkserver" if sys.platform == "linux" else "spawn"


@dataclass(frozen=True, slots=True)
class Ended:
    """The last word of a process: `problem` says why it could not judge, empty where it could."""

    problem: str = ""


class WarmProcess:
    """A process that gets ready for one exercise, and judges its file once `go` is called."""

    def __init__(self, exercise: Exercise, settings: Settings) -> None:
        self.exercise = exercise
        self.asked = False
        context: Any = multiprocessing.get_context(_METHOD)
        if _METHOD == "forkserver":
            context.set_forkserver_preload(_IMPORTS)
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, exercise.root, exercise.key, settings)
        )
        self._process.start()
        theirs.close()

    def go(self) -> None:
        """Let it judge the file as it is now. Its messages come through `connection`."""
        self.asked = True
        with suppress(OSError):  # it has died: `messages` tells
            self.connection.send_bytes(_GO)

    def messages(self) -> Iterator[Summary | Ended]:
        """What has come so far: a summary for each property and device, and its end."""
        try:
            while self.connection.poll():
                message = self.connection.recv_bytes()
                if message == _DONE:
                    yield Ended()
                    return
                content = json.loads(message)
                if "problem" in content:
                    yield Ended(content["problem"])
                    return
                yield content
        except (EOFError, OSError):
            yield Ended(self._last_words())

    def close(self) -> None:
        """End it, and what the learner's code has started, wherever it is."""
        with suppress(ProcessLookupError, PermissionError, TypeError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self.connection.close()

    def _last_words(self) -> str:
        self._process.join(1)
        code = self._process.exitcode
        if code is None or code >= 0:
            return f"Your code ended the process that judged it, with exit status {code}."
        return f"Your code ended the process that judged it: {signal.Signals(-code).name}."


def _serve(connection: Connection, root: Path, key: str, settings: Settings) -> None:
    """Get ready, wait for the word, judge the file of the exercise `key`, and end."""
    os.setsid()  # out of reach of the terminal's Ctrl-C
    _silence()
    try:
        for summary in _summaries(connection, root, key, settings):
            connection.send_bytes(json.dumps(summary).encode())
        connection.send_bytes(_DONE)
    except SuiteError as error:
        connection.send_bytes(json.dumps({"problem": str(error)}).encode())
    except (EOFError, BrokenPipeError):
        return  # nobody asks any more


def _summaries(
    connection: Connection, root: Path, key: str, settings: Settings
) -> Iterator[Summary]:
    from torchkata import devices, warm_imports  # noqa: F401 - where there is no server to fork
    from torchkata.examination import Examination
    from torchkata.judging import Judge

    names = devices.choose(None)
    suite = read_suite(root)
    exercise = suite.find(key)
    judge = Judge(exercise, settings)
    for _ in judge.preparation(names):
        if connection.poll():
            break
    gc.freeze()
    connection.recv_bytes()
    examination = Examination(judge, exercise.stub_path)
    place = (
        suite.exercises.index(exercise),
        len(judge.oracle.specification.properties) * len(names),
    )
    for prop, device in examination.checks(names):
        verdict = examination.verdict(prop, device)
        yield examination.summary(prop, verdict, place, root, examination.repeats(verdict))


def _silence() -> None:
    """Send what is written past sys.stdout nowhere: the terminal belongs to the watch."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
