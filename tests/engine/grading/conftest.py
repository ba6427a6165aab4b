"""Sandboxes made by root and by an ordinary user, and programs run in them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NOBODY = 65534

_JUDGE = """
import json, os, subprocess, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from torchkata.grading.sandbox import layers as sandbox
job = json.load(sys.stdin)
if job.get("layers"):
    found = [[each.name, each.works, each.says, each.remedy] for each in sandbox.layers()]
    print(json.dumps(found))
    sys.exit()
job["user"] = sandbox.user_of(0)
readable = [Path(sys.argv[1], "torchkata"), *map(Path, job["readable"])]
command = sandbox.command(readable, [Path(each) for each in job["hidden"]])
command += [sys.executable, "-I", "-c", job["process_1"], sys.argv[1]]
sys.exit(subprocess.run(command, input=json.dumps(job), text=True, timeout=120).returncode)
"""

_PROCESS_1 = """
import json, os, signal, sys
sys.path.insert(0, sys.argv[1])
from torchkata.grading.sandbox.confinement import Limits, confine, harden
from torchkata.grading.sandbox.memory import memory_exceeds
job = json.load(sys.stdin)
harden()

def student(program, asking, answering):
    def look(limit):
        os.write(asking, json.dumps({"limit": limit}).encode() + b"\\n")
        return os.read(answering, 1) == b"y"
    try:
        if job["confined"]:
            confine(Limits(**job["limits"]), [asking, answering], job["user"])
        names = {"look": look}
        exec(program, names)
        said = repr(names.get("answer"))
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"
    os.write(asking, json.dumps(said).encode() + b"\\n")

def run(program):
    asked, asking = os.pipe()
    answering, answer = os.pipe()
    pid = os.fork()
    if pid == 0:
        student(program, asking, answering)
        os._exit(0)
    os.close(asking)
    os.close(answering)
    said = None
    with open(asked) as lines:
        for line in lines:
            said = json.loads(line)
            if isinstance(said, str):
                break
            os.write(answer, b"y" if memory_exceeds(said["limit"]) else b"n")
    os.close(answer)
    _, status = os.waitpid(pid, 0)
    try:
        if os.getpid() == 1:
            os.kill(-1, signal.SIGKILL)
        while True:
            os.wait()
    except (ProcessLookupError, ChildProcessError):
        pass
    return said if said is not None else f"ended with {os.waitstatus_to_exitcode(status)}"

print(json.dumps([run(each) for each in job["programs"]]))
"""

_FOUND = {}


@dataclass(frozen=True)
class Sandboxes:
    """Sandboxes of one person, who is root or not."""

    person: str
    become: tuple
    folder: Path

    def confined(self, *programs, readable=(), hidden=(), confined=True, **limits):
        """What each program leaves as `answer`, or what it raised, or how it ended.

        In it, `look(limit)` has process 1 say whether the memory is exceeded.
        """
        job = {
            "process_1": _PROCESS_1,
            "programs": programs,
            "readable": [str(each) for each in readable],
            "hidden": [str(each) for each in hidden],
            "confined": confined,
            "limits": {"seconds": 20, "memory": 512 << 20, **limits},
        }
        return self._told(job)

    def layers(self, before=(), **environment):
        return [tuple(each) for each in self._told({"layers": True}, before, environment)]

    def needs(self, name):
        """Skip the test where this layer is not to be had."""
        if self.person not in _FOUND:
            _FOUND[self.person] = {each[0]: each for each in self.layers()}
        found = _FOUND[self.person]
        _, works, says, _ = found.get(name) or found["sandbox"]
        if not works:
            pytest.skip(f"{name}: {says}")

    def _told(self, job, before=(), environment=None):
        done = subprocess.run(
            [*self.become, *before, sys.executable, "-I", "-c", _JUDGE, str(ROOT)],
            input=json.dumps(job),
            capture_output=True,
            env={**os.environ, **(environment or {})},
            text=True,
            timeout=150,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


def _as_nobody(*paths):
    """A command that runs another as a user who can enter these folders, and nothing of root's."""
    command = [shutil.which("bwrap"), "--dev-bind", "/", "/"]
    for path in paths:
        closed = [each for each in reversed(path.parents) if not each.stat().st_mode & 0o001]
        if closed:
            between = [each for each in reversed(path.parents) if each.is_relative_to(closed[0])]
            if str(closed[0]) not in command:
                command += ["--tmpfs", str(closed[0])]
            command += [word for each in between for word in ("--dir", str(each))]
            command += ["--bind", str(path), str(path)]
    return (*command, "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")


@pytest.fixture(params=["root", "ordinary"])
def sandboxes(request, tmp_path):
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    tmp_path.chmod(0o755)
    become = ()
    if os.geteuid() != 0:
        if request.param == "root":
            pytest.skip("not root")
    elif request.param == "ordinary":
        become = _as_nobody(Path(sys.base_prefix), Path(sys.prefix), ROOT, tmp_path)
    return Sandboxes(request.param, become, tmp_path)
