"""cgroups.py on folders like the kernel's: which group is made, and what is read of it."""

import subprocess
from pathlib import Path

import pytest

from torchkata.grading.sandbox.cgroups import new_cgroup


@pytest.fixture
def kernel(tmp_path):
    """A mount with the group that this process is in, and one above it that counts memory."""
    above = tmp_path / "user.slice"
    (above / "own.scope").mkdir(parents=True)
    (above / "cgroup.subtree_control").write_text("cpu memory pids\n")
    own = tmp_path / "own"
    own.write_text("4:memory:/else\n0::/user.slice/own.scope\n")

    def made():
        return new_cgroup([str(tmp_path)], own)

    return above, made


def filled(above, monkeypatch):
    """Have the files that the kernel puts into each new group."""
    mkdir = Path.mkdir

    def makes(self, *arguments, **options):
        mkdir(self, *arguments, **options)
        if self.name.startswith("kata-"):
            (self / "memory.current").write_text("1000\n")
            (self / "memory.events").write_text("low 0\noom 0\noom_kill 0\n")

    monkeypatch.setattr(Path, "mkdir", makes)


def test_a_group_beside_ones_own_has_a_limit_and_tells_when_it_was_met(kernel, monkeypatch):
    above, made = kernel
    filled(above, monkeypatch)
    group = made()
    (folder,) = above.glob("kata-*")
    group.allow(500)
    assert (folder / "memory.max").read_text() == "1500\n"
    assert (folder / "memory.swap.max").read_text() == "0\n"
    assert group.command(["a", "b"])[-3:] == [str(folder / "cgroup.procs"), "a", "b"]
    assert not group.has_exceeded()
    (folder / "memory.events").write_text("low 0\noom 2\noom_kill 2\n")
    assert group.has_exceeded()
    assert not group.has_exceeded()


def test_there_is_none_where_memory_is_not_counted(kernel, monkeypatch):
    above, made = kernel
    filled(above, monkeypatch)
    (above / "cgroup.subtree_control").write_text("cpu pids\n")
    assert made() is None
    (above / "cgroup.subtree_control").unlink()
    assert made() is None
    assert list(above.glob("kata-*")) == []


def test_there_is_none_where_the_kernel_takes_no_limit(kernel):
    _, made = kernel
    assert made() is None  # nothing of the kernel's is in what was made


def test_the_command_enters_the_group_before_anything_else_runs(kernel, monkeypatch):
    above, made = kernel
    filled(above, monkeypatch)
    group = made()
    done = subprocess.run(group.command(["/bin/echo", "it ran"]), capture_output=True, text=True)
    assert done.stdout == "it ran\n"
    (folder,) = above.glob("kata-*")
    assert (folder / "cgroup.procs").read_text() == "0\n"
