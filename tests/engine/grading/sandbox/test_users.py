"""Protection without namespaces, in containers as Docker makes them."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.engine.grading.sandbox import container

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make such a container here"),
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
]

LAYERS = """
import json, sys
from pathlib import Path
from torchkata.grading.protection import protection
found = protection([Path(each) for each in sys.argv[1:]])
print(json.dumps([found.tier, found.open, found.lacks, found.why]))
"""

LEFT = """
import os, signal, sys, tempfile, time
from pathlib import Path
from torchkata.grading.sandbox import keepers, layers
from torchkata.grading.sandbox.confinement import Limits

folder = tempfile.mkdtemp(prefix="kata-")
keeper = keepers.keeper(layers.user_alone(0), folder)
limits = Limits(seconds=60, memory=512 << 20)
reading, writing = os.pipe()

def fork(student):
    keeper.begin()
    pid = os.fork()
    if pid == 0:
        keeper.confine(limits, [1, 2, writing])
        student()
        os.write(writing, b"ready")
        signal.pause()
    assert os.read(reading, 5) == b"ready"
    return pid

def uses_memory():
    for _ in range(2):
        if os.fork() == 0:
            block = b"1" * (300 << 20)
            os.write(writing, b"ready")
            while block:
                signal.pause()
    import time
    time.sleep(0.1)

def leaves():
    os.chdir(os.environ["TMPDIR"])
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    for number in range(3):
        Path(f"/dev/shm/left{number}").touch()
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                signal.pause()
            os._exit(0)

pid = fork(uses_memory)
for _ in range(2):
    os.read(reading, 5)
answers = [keeper.uses_more_than(512 << 20), keeper.uses_more_than(4 << 30)]
answers.append(keeper.end(pid))
pid = fork(leaves)
answers.append(keeper.uses_more_than(512 << 20))
answers.append(keeper.end(pid))
owners = [Path(each.path).stat().st_uid for each in os.scandir("/proc") if each.name.isdigit()]
answers.append(layers.user_alone(0) in owners)
answers.append([os.listdir(each) for each in (folder, "/dev/shm")])
keeper.close()
answers.append(os.path.exists(folder))
print(answers)
"""


def ran(program, *arguments, shown=(), user=0, landlock=True):
    done = subprocess.run(
        [*container.inside(sys.base_prefix, *shown, user=user), sys.executable, "-c", program]
        + [str(each) for each in arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **({} if landlock else {"KATA_TEST_NO_LANDLOCK": "1"})},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def secret(tmp_path):
    folder = tmp_path / "solutions"
    folder.mkdir()
    for each in (tmp_path, folder):
        each.chmod(0o755)
    return folder


def test_where_namespaces_are_refused_workers_have_users_of_their_own(secret):
    tier, open_, lacks, why = json.loads(ran(LAYERS, secret, shown=[secret]))
    assert (tier, open_) == ("users", [])
    assert why.startswith("sandbox: there is none: bwrap: ")
    assert lacks == [
        "files: names, sizes and dates can be asked for where modes let everyone",
        "disk: what is written is looked at ten times a second, and ended when it is too much",
        "memory limit: a look ten times a second and a cgroup where one can be made; memory of the "
        "kernel, such as that of pipes, is bounded only roughly",
    ]


def test_without_landlock_what_is_open_to_everyone_must_be_closed(secret):
    tier, open_, _, _ = json.loads(ran(LAYERS, secret, shown=[secret], landlock=False))
    assert tier == "none"
    assert open_[1:] == [f"files: does not work: {secret} can be read (`chmod -R o-rwx {secret}`)"]
    secret.chmod(0o750)
    tier, open_, lacks, _ = json.loads(ran(LAYERS, secret, shown=[secret], landlock=False))
    assert (tier, open_) == ("users", [])
    assert lacks[3:] == [
        "files: there is no Landlock, so what is open to everyone on this machine is open to a "
        "student's code, and it can write to shared folders such as /tmp until it is ended",
        "processes: those of others are to be seen, with their command lines",
        "memory limit: the system can be made to end others first where memory is short",
    ]


def test_without_root_and_namespaces_there_is_none(secret):
    tier, open_, lacks, why = json.loads(ran(LAYERS, secret, shown=[secret], user=65534))
    assert (tier, lacks, why) == ("none", [], "")
    assert open_[1:] == [
        "users: a user of its own for each worker takes root's rights, and there are none here (Be "
        "root, as in a container, or grade where namespaces are allowed)"
    ]


@pytest.mark.parametrize("landlock", [True, False])
def test_a_fork_ends_with_all_that_it_has_started_and_written(landlock):
    assert ran(LEFT, landlock=landlock) == "[True, False, -9, False, -9, False, [[], []], False]\n"
