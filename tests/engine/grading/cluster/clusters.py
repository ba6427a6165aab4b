"""A Dask cluster of real processes, and `kata grade` on it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.engine.clones import PLAIN, Clone
from torchkata.grading.gradebook.book import Gradebook

_PATIENCE = 120


class Cluster:
    """A scheduler, whose workers are started by name, each in a clone. It ends with its stack."""

    def __init__(self, folder, stack, **settings):
        folder.mkdir()
        self._stack = stack
        self._settings = {f"DASK_DISTRIBUTED__{name}": value for name, value in settings.items()}
        self._log = stack.enter_context((folder / "log").open("w"))
        place = folder / "scheduler.json"
        self.scheduler = self._started(
            *("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(place)),
            cwd=folder,
        )
        wait_until(lambda: place.exists() and place.read_text().endswith("}"))
        self.address = json.loads(place.read_text())["address"]

    def worker(self, name, clone, *options):
        return self._started(
            *("dask_worker", self.address, "--nthreads", "1", "--no-dashboard", "--name", name),
            *options,
            cwd=clone.root,
        )

    def _started(self, program, *arguments, cwd):
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
        environment = {**PLAIN, **self._settings}
        output = {"stdout": self._log, "stderr": self._log}
        process = subprocess.Popen(command, cwd=cwd, env=environment, **output)
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        return process


@dataclass
class Class:
    """Students of the little suite who hand in `double`, graded from a clone."""

    clone: Clone
    folder: Path = field(init=False)

    def __post_init__(self):
        self.folder = self.clone.root.parent / "class"
        assignment = 'seed = 7\nlimit = 4\ndevices = ["cpu"]\nexercises = ["double"]\n'
        (self.clone.root.parent / "assignment.toml").write_text(assignment)

    def hands_in(self, student, text):
        path = self.folder / student / "double.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def begins(self, out, *options, patience="60s"):
        """`kata grade`, begun; its standard error is all that it says."""
        kata = str(Path(sys.executable).with_name("kata"))
        told = ["--assignment", str(self.clone.root.parent / "assignment.toml"), *options]
        return subprocess.Popen(
            [kata, "grade", str(self.folder), "--out", str(out), *told],
            cwd=self.clone.root,
            env={**PLAIN, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": patience},
            stderr=subprocess.PIPE,
            text=True,
        )


def judged(out):
    """How many students have a result."""
    with contextlib.suppress(Exception), Gradebook.open(out) as gradebook:  # it is being made
        return len(gradebook.judged())
    return 0


def wait_until(holds):
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def kill_worker(nanny):
    """Kill the worker that a nanny sees to, as the system does where memory is short."""
    for task in Path(f"/proc/{nanny.pid}/task").iterdir():
        for pid in map(int, (task / "children").read_text().split()):
            if b"multiprocessing.spawn" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                return
    raise AssertionError("the nanny has no worker")
