"""What process 1 of a sandbox sees, and that each layer that does not work is told."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from torchkata.grading.sandbox import layers as sandbox
from torchkata.grading.sandbox.layers import Layer, layers, user_of

NAMES = [
    "files",
    "network",
    "processes",
    "environment",
    "privileges",
    "process limit",
    "memory limit",
    "fresh /tmp",
    "system calls",
]

LOOK = """
import os
answer = {}
for path in %r:
    try:
        with open(path) as file: answer[path] = file.read()
    except OSError as error:
        answer[path] = error.strerror
answer = [answer[path] for path in %r]
"""


def seen(sandboxes, paths, **options):
    """The text of each file, or why it can't be read, to process 1 and to a student's code."""
    program = LOOK % (([str(each) for each in paths],) * 2)
    (process_1,) = sandboxes.confined(program, confined=False, **options)
    (student,) = sandboxes.confined(program, **options)
    assert process_1 == student
    return eval(student)


def written(folder, *names):
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name)
    return paths


def test_what_is_readable_is_seen_but_for_what_is_hidden(sandboxes, tmp_path):
    sandboxes.needs("fresh /tmp")
    suite = tmp_path / "a suite, größer\\ "
    paths = written(suite, "a", "b/secret", "b/open/c", "d.db", "b/open/deep/secret", "e/link")
    alias = tmp_path / "alias"
    alias.symlink_to(suite)
    hidden = [suite / "b", suite / "d.db", suite / "b/open/deep", tmp_path / "nowhere"]
    found = seen(sandboxes, paths, readable=[suite, suite / "b/open"], hidden=hidden)
    gone = "No such file or directory"
    assert found == ["a", gone, "c", "Permission denied", gone, "link"]
    other = [alias / path.relative_to(suite) for path in paths]
    hidden = [alias / "b", suite / "d.db"]
    assert seen(sandboxes, other, readable=[alias], hidden=hidden) == [
        "a", gone, gone, "Permission denied", gone, "link",
    ]  # fmt: skip
    assert seen(sandboxes, paths[:1], readable=[suite], hidden=[suite]) == [gone]
    assert seen(sandboxes, paths[:1]) == [gone]


def test_nothing_else_of_the_disk_is_seen(sandboxes):
    sandboxes.needs("files")
    program = """
import os
answer = sorted(os.listdir("/")), sorted(os.listdir("/etc")), os.path.exists("/etc/passwd")
"""
    (found,) = sandboxes.confined(program)
    top, etc, passwords = eval(found)
    prefixes = {Path(each).parts[1] for each in (sys.prefix, sys.base_prefix, sandbox.__file__)}
    allowed = "bin dev etc lib lib32 lib64 libx32 proc sbin sys tmp usr".split()
    assert set(top) <= {*allowed, *prefixes}
    assert set(etc) <= {"alternatives", "ld.so.cache"}
    assert not passwords


def test_nothing_of_what_runs_outside_is_seen(sandboxes, monkeypatch):
    sandboxes.needs("processes")
    monkeypatch.setenv("KATA_TEST_SECRET", "1")
    program = """
import os, socket
processes = sorted(int(each) for each in os.listdir("/proc") if each.isdecimal())
interfaces = [line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]]
answer = len(processes), processes[0], interfaces, socket.gethostname(), sorted(os.environ)
"""
    expected = [*sandbox.ENVIRONMENT, "PWD"]
    assert sandboxes.confined(program) == [repr((2, 1, ["lo"], "kata", sorted(expected)))]


def test_modules_are_imported_late_from_closed_folders(sandboxes, tmp_path):
    sandboxes.needs("fresh /tmp")
    if sandboxes.become:
        pytest.skip("only root can enter folders that are closed to all others")
    (module,) = written(tmp_path, "closed/tests/late.py")
    module.write_text("import wave, pydoc_data.topics\nvalue = 42")
    closed = tmp_path / "closed"
    closed.chmod(0o700)
    program = f"import sys; sys.path.insert(0, {str(module.parent)!r})\nimport late\n"
    program += "import hypothesis; answer = late.value"
    assert sandboxes.confined(program, readable=[module.parent]) == ["42"]


def test_users_are_told_apart_where_root_can_do_so():
    users = [user_of(slot) for slot in range(3)]
    if os.geteuid() == 0 and users[0] is not None:
        assert len(set(users)) == 3
        assert all(2_000_000_000 <= each < 2**31 for each in users)
    else:
        assert users == [None] * 3


def test_each_layer_is_tried(sandboxes):
    found = sandboxes.layers()
    assert [name for name, *_ in found] == NAMES
    missing = [f"{name}: {says}" for name, works, says, _ in found if not works]
    if missing:
        pytest.skip("; ".join(missing))
    assert [(says, remedy) for _, _, says, remedy in found] == [
        ("nothing can be read but Python, torch and the engine; nothing be written", ""),
        ("nothing outside can be reached", ""),
        ("no other process can be seen or ended", ""),
        ("no variable of yours is to be seen", ""),
        ("no right of yours or of root's can be used or gained", ""),
        ("no more processes than the limit can run", ""),
        ("no more memory than the limit can be had", ""),
        ("nothing is left for the next submission", ""),
        ("what only system programs need is refused", ""),
    ]


WITHOUT = """#!/usr/bin/python3 -I
import os, sys
text = "\\0".join(sys.argv[1:])
old, new = {old!r}.replace(" ", "\\0"), {new!r}.replace(" ", "\\0")
assert old in text
os.execv({bwrap!r}, ["bwrap", *text.replace(old, new, 1).split("\\0")])
"""


def broken(sandboxes, old, new=""):
    """The layers that do not work in a sandbox made by other arguments, with what is said."""
    programs = sandboxes.folder / "bin"
    programs.mkdir(exist_ok=True)
    shim = programs / "bwrap"
    shim.write_text(WITHOUT.format(old=old, new=new, bwrap=shutil.which("bwrap")))
    shim.chmod(0o755)
    found = sandboxes.layers(PATH=f"{programs}:{os.environ['PATH']}")
    return {name: (says, remedy) for name, works, says, remedy in found if not works}


def test_a_layer_that_does_not_work_is_told(sandboxes):
    missing = [name for name, works, *_ in sandboxes.layers() if not works]
    if missing:
        pytest.skip(f"here do not work: {', '.join(missing)}")
    assert broken(sandboxes, "--unshare-net ") == {
        "network": ("does not work: a connection to a process outside can be made", "")
    }
    assert broken(sandboxes, "--clearenv ") == {
        "environment": ("does not work: its variables are those of `kata`", "")
    }
    assert broken(sandboxes, "--remount-ro / -- ", "-- ") == {
        "files": ("does not work: files can be made in /", "")
    }
    (secret,) = broken(sandboxes, "--tmpfs /tmp ", "--bind /tmp /tmp ").items()
    assert secret[0] == "files"
    assert secret[1][0].endswith("/secret is to be seen")
    told = "does not work: it could not be tried: [Errno 1] unshare: Operation not permitted"
    of_process_1 = {"network", "processes", "environment"}
    assert broken(sandboxes, "--cap-add CAP_SYS_ADMIN ") == {
        name: (told, "") for name in NAMES if name not in of_process_1
    }
    assert broken(sandboxes, "--unshare-pid ", "").keys() == {"sandbox"}


def test_root_of_a_user_namespace_has_no_limit_of_processes(sandboxes):
    if sandboxes.become or os.geteuid() != 0:
        pytest.skip("only root's processes are not counted")
    found = sandboxes.layers(before=["unshare", "--user", "--map-root-user"])
    assert [each for each in found if not each[1]] == [
        (
            "process limit",
            False,
            "does not work: 24 can be started where 8 is the limit; Linux has one from 5.14 on, "
            "but not for root in a user namespace",
            "",
        )
    ]


def test_where_namespaces_are_refused_the_switch_is_named(sandboxes):
    script = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    before = ["unshare", "--user", "--map-root-user", "sh", "-c", script, "sh"]
    found = sandboxes.layers(before)
    assert [(name, works, remedy) for name, works, _, remedy in found] == [
        ("sandbox", False, "`sudo sysctl user.max_user_namespaces=10000`")
    ]
    assert found[0][2].startswith("there is none: bwrap: ")


def test_without_bubblewrap_or_linux_there_is_no_sandbox(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert layers() == (
        Layer(
            "sandbox",
            False,
            "there is none: the program bwrap, bubblewrap, is not installed",
            "`apt-get install bubblewrap`",
        ),
    )
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    assert layers() == (
        Layer("sandbox", False, "grading is protected on Linux only, and this is Darwin"),
    )


def test_a_bubblewrap_that_does_not_do_its_work_is_told(monkeypatch, tmp_path):
    shim = tmp_path / "bwrap"
    shim.write_text("no program")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    says = "there is none: [Errno 8] Exec format error: 'bwrap'"
    assert layers() == (Layer("sandbox", False, says),)
    shim.write_text("#!/bin/sh\nexit 3\n")
    (layer,) = layers()
    assert (layer.works, layer.says) == (False, "there is none: bwrap ended with 3")
    if Path("/.dockerenv").exists():
        assert layer.remedy == (
            "In a container: start it with `--security-opt seccomp=unconfined --security-opt "
            "apparmor=unconfined --security-opt systempaths=unconfined`, or with `--privileged`"
        )
