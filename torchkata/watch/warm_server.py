"""The server behind `kata watch`: it has everything imported, and forks a process a judgement.

It runs no learner's code itself, and no tensor operation: the processes that are forked from it
would find the thread pool of such a one dead. It sees to it that whatever a learner's code has
started ends with its judgement, and that all ends with the watch, however that ends.
"""

import faulthandler
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from torchkata.judge.breakpoints import pass_by
from torchkata.judge.leash import adopt_orphans, end_children, end_group, end_with_parent
from torchkata.watch import warm_modules

if TYPE_CHECKING:
    from torchkata.judge.verdict import Verdict

_LINUX = sys.platform == "linux"
_MODULE = "torchkata.watch.warm_server"
_DUMPED = 65536


@dataclass(frozen=True, slots=True)
class _Job:
    """A process that judges, the server's copy of its end of the line, and its last words."""

    pid: int
    line: socket.socket
    words: IO[bytes]


def main() -> None:
    """Serve the watch at the other end of standard input, a socket, until it is closed.

    Each line that comes is a job in JSON, and with it comes the line for its messages.
    """
    control = socket.socket(fileno=os.dup(0))
    _silence()
    adopt_orphans()
    if _LINUX:
        _import_all()
    jobs: dict[int, _Job] = {}
    # Only from here on: while torch is imported, SIGTERM ends the server at once.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        _serve(control, jobs)
    finally:
        for pid in list(jobs):
            _end(jobs, pid)


def _serve(control: socket.socket, jobs: dict[int, _Job]) -> None:
    needed, needs = warm_modules.line()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    told, lines = b"", list[int]()
    while True:
        poll = select.poll()
        poll.register(control, select.POLLIN)
        poll.register(woken, select.POLLIN)
        poll.register(needed, select.POLLIN)
        for job in jobs.values():
            poll.register(job.line, 0)  # tells only that the watch has hung up
        ready = {descriptor for descriptor, _ in poll.poll()}
        for pid in [pid for pid, job in jobs.items() if job.line.fileno() in ready]:
            _end(jobs, pid)
        if woken in ready:
            os.read(woken, 4096)
            _reap(jobs)
        if needed.fileno() in ready:
            warm_modules.take(needed)  # before the next process is forked
        if control.fileno() in ready:
            more, came, _, _ = socket.recv_fds(control, 65536, 16)
            if not more:
                return
            *complete, told = (told + more).split(b"\n")
            lines += came
            for text in complete:
                job = _begin(json.loads(text), socket.socket(fileno=lines.pop(0)), needs)
                jobs[job.pid] = job


def _begin(job: Mapping[str, Any], line: socket.socket, needs: socket.socket) -> _Job:
    words = tempfile.TemporaryFile()  # noqa: SIM115 - open until the job is over
    if _LINUX:
        pid = os.fork()
        if pid == 0:
            _work(job, line, words, needs)
    else:
        # A process that has imported torch can't be forked safely: each imports it for itself.
        passed = (line.fileno(), words.fileno())
        command = [sys.executable, "-P", "-m", _MODULE, json.dumps(job), *map(str, passed)]
        pid = subprocess.Popen(command, pass_fds=passed).pid
    return _Job(pid, line, words)


def _end(jobs: dict[int, _Job], pid: int) -> None:
    """End a job that nobody waits for any more."""
    end_group(pid)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
    _bury(jobs, pid, -signal.SIGKILL)


def _reap(jobs: dict[int, _Job]) -> None:
    """Take the dead, jobs or what they had started, and tell the watch of jobs."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        if pid in jobs:
            _bury(jobs, pid, os.waitstatus_to_exitcode(status))


def _bury(jobs: dict[int, _Job], pid: int, status: int) -> None:
    """With a job goes what it has left running; then the watch is told."""
    job = jobs.pop(pid)
    end_group(pid)
    end_children(spared=jobs)
    job.words.seek(0)
    last = {"ended": status, "dump": job.words.read(_DUMPED).decode(errors="replace")}
    with suppress(OSError):  # nobody listens any more
        # What the job was writing when it died may lack its end.
        job.line.sendall(b"\n" + json.dumps(last).encode() + b"\n")
    job.line.close()
    job.words.close()


def _work(
    job: Mapping[str, Any],
    line: socket.socket,
    words: IO[bytes],
    needs: socket.socket | None = None,
) -> NoReturn:
    """Get ready, wait for the word, judge one file, and end.

    `needs` is where to tell the server what to import for the next one.
    """
    try:
        os.setsid()  # out of reach of the terminal's Ctrl-C
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        end_with_parent()
        pass_by()
        faulthandler.enable(words)
        _judge(job, line, words.fileno(), needs)
    finally:
        os._exit(0)  # without a wait for threads that the learner's code has left


def _tell(line: socket.socket, message: Mapping[str, Any]) -> None:
    # On a line of its own, whatever the learner's code may have written before.
    line.sendall(b"\n" + json.dumps(message).encode() + b"\n")


def _judge(
    job: Mapping[str, Any], line: socket.socket, crash_fd: int, needs: socket.socket | None
) -> None:
    """Tell a summary of each property and device, then the end: `problem` is empty or says why."""
    problem = ""
    try:
        _tell_summaries(job, line, crash_fd, needs)
    except Exception as error:
        from torchkata.suite.curriculum import SuiteError

        if isinstance(error, SuiteError):
            problem = f"The exercise itself is broken, not your code.\n{error}"
        else:
            problem = f"torchkata could not judge: {type(error).__name__}: {error}"
        _wait(line)
    _tell(line, {"problem": problem})


def _tell_summaries(
    job: Mapping[str, Any], line: socket.socket, crash_fd: int, needs: socket.socket | None
) -> None:
    from torchkata.devices import choice as devices
    from torchkata.judge.judging import Judge
    from torchkata.judge.verdict import Verdict
    from torchkata.practice.examination import Examination
    from torchkata.properties import Property
    from torchkata.suite.cache import answer_keys
    from torchkata.suite.curriculum import read_suite
    from torchkata.suite.settings import Settings

    if not _LINUX:
        _import_all()
    before = set(sys.modules)
    draw = _pictures() if job["pictures"] else None
    names = devices.choose(None)
    suite = read_suite(Path(job["root"]))
    exercise = suite.find(job["exercise"])
    settings = Settings(**{**job["settings"], "crash_fd": crash_fd})
    judge = Judge(exercise, settings, answer_keys())
    for _ in chain(judge.oracle.preparation(names), judge.oracle.rehearsal(names)):
        if select.select([line], [], [], 0)[0]:
            break
    judge.oracle.key.save()
    if needs is not None:
        warm_modules.tell(needs, before)
        needs.close()  # out of reach of the learner's code
    gc.freeze()
    _wait(line)
    examination = Examination(judge, exercise.stub_path)
    place = suite.exercises.index(exercise), len(judge.oracle.specification.properties) * len(names)
    folder = Path(job["folder"])
    for prop, device in examination.checks(names):

        def tell_early(verdict: Verdict, prop: Property = prop) -> None:
            _tell(line, examination.summary(prop, verdict, place, folder, early=True, draw=draw))

        verdict = examination.verdict(prop, device, tell_early)
        repeats = examination.repeats(prop, verdict)
        _tell(line, examination.summary(prop, verdict, place, folder, repeats, draw=draw))


def _pictures() -> "Callable[[Verdict], str]":
    from torchkata.telling.pictures import verdict_html

    return verdict_html


def _wait(line: socket.socket) -> None:
    """Wait for the word. It stays on the line, so that a second look for it finds it as well."""
    if not line.recv(1, socket.MSG_PEEK):
        sys.exit()  # the watch has hung up


def _import_all() -> None:
    """Import all but exercises. Where something fails, the job that needs it says so."""
    with suppress(Exception):
        import hypothesis.extra.numpy  # noqa: F401 - imported to be there
        import torch

        from torchkata.judge import answer_key

        answer_key.engine()  # as it was imported: it may change while the watch runs
        # The inputs of a property are small: threads would cost more than they save.
        torch.set_num_threads(1)
        gc.collect()
        gc.freeze()


def _silence() -> None:
    """Send what is written past sys.stdout nowhere: the terminal belongs to the watch."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        told, line, words = sys.argv[1:]
        _work(json.loads(told), socket.socket(fileno=int(line)), os.fdopen(int(words), "r+b"))
