"""Real pytest runs without the price of an import: forked from a process that has torch.

A run so made has its own process, folder, environment and output, and ends as any other. What it
shares with the runs before it is what Python settles at its start, such as the seed of hashes.
"""

import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from functools import cache

_PATIENCE = 300
"""Seconds that a run may take."""

# Nothing of pytest's plugins, Hypothesis among them: pytest warns where it can't rewrite them.
_HEAVY = ("_pytest.config", "numpy.random", "rich.console", "torch.fx", "torch.overrides")


def run_pytest(arguments, cwd, environment):
    """Run pytest as `python -m pytest` does in `cwd`; the result's stdout has both streams."""
    return _server().run([str(each) for each in arguments], str(cwd), environment)


class _Server:
    """The process that runs are forked from. It ends when its socket is closed."""

    def __init__(self):
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def run(self, arguments, cwd, environment):
        reading, writing = os.pipe()
        job = {"arguments": arguments, "cwd": cwd, "environment": environment}
        self._control.sendall(json.dumps(job).encode() + b"\n")
        socket.send_fds(self._control, [b"\0"], [writing])
        os.close(writing)
        end = threading.Timer(_PATIENCE, os.killpg, (self._process.pid, signal.SIGKILL))
        end.start()
        try:
            with open(reading) as output:
                said = output.read()
            status = self._control.recv(64)
        finally:
            end.cancel()
        if not status:
            _server.cache_clear()
            raise subprocess.TimeoutExpired(arguments, _PATIENCE, said)
        return subprocess.CompletedProcess(arguments, int(status), said)


@cache
def _server():
    return _Server()


def _serve(control):
    """Fork for each job that comes. Gives the job in the process that is to do it, else None."""
    with control.makefile("rb", buffering=0) as lines:
        while line := lines.readline():
            _, (writing,), _, _ = socket.recv_fds(control, 1, 1)
            pid = os.fork()
            if pid == 0:
                os.dup2(writing, 1)
                os.dup2(writing, 2)
                os.close(writing)
                control.close()
                return json.loads(line)
            os.close(writing)
            _, status = os.waitpid(pid, 0)
            control.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    return None


def _become(job):
    """Be `python -m pytest` to the end of this process."""
    os.chdir(job["cwd"])
    os.environ.clear()
    os.environ.update(job["environment"])
    sys.path[0] = job["cwd"]
    sys.argv[1:] = job["arguments"]
    runpy.run_module("pytest", run_name="__main__", alter_sys=True)


def _import_all():
    """Import what takes long, and do no tensor operation: its threads would not be forked."""
    for name in _HEAVY:
        importlib.import_module(name)


if __name__ == "__main__":
    _import_all()
    job = _serve(socket.socket(fileno=int(sys.argv[1])))
    if job is not None:
        _become(job)
