"""A container as Docker makes one by default, as far as it matters: root with some of its rights,
and a filter that refuses namespaces and mounts.

As a program it is the filter: `python container.py COMMAND…` runs the command under it.
"""

import ctypes
import os
import platform
import shutil
import struct
import sys
from pathlib import Path

RIGHTS = (
    "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP "
    "SETGID SETPCAP SETUID SYS_CHROOT"
).split()

ENGINE = Path(__file__).parents[4]

# unshare, setns, mount, umount2, pivot_root, clone, clone3, landlock_create_ruleset
NUMBERS = {
    "x86_64": (0xC000003E, (272, 308, 165, 166, 155), 56, 435, 444),
    "aarch64": (0xC00000B7, (97, 268, 40, 39, 41), 220, 435, 444),
}


def inside(*shown, user=0):
    """The command that runs another in a container, which sees this machine's disk.

    What is `shown` lies in it where it lies outside, in folders that everyone can enter. It has a
    /tmp and a /dev/shm of its own.
    """
    command = [shutil.which("bwrap"), "--dev-bind", "/", "/", "--cap-drop", "ALL"]
    command += [word for each in RIGHTS for word in ("--cap-add", f"CAP_{each}")]
    for folder in ("/tmp", "/dev/shm", "/var/tmp"):
        command += ["--perms", "1777", "--tmpfs", folder]
    closed = []
    for path in (*map(Path, shown), Path(sys.prefix), ENGINE):
        above = [each for each in reversed(path.parents) if not each.stat().st_mode & 0o001]
        hidden = above[:1] or [each for each in path.parents if str(each) in ("/tmp", "/var/tmp")]
        if hidden and hidden[0] not in closed and str(hidden[0]) not in ("/tmp", "/var/tmp"):
            closed.append(hidden[0])
            command += ["--perms", "0755", "--tmpfs", str(hidden[0])]
        if hidden:
            between = [each for each in reversed(path.parents) if hidden[0] in each.parents]
            for each in between:
                command += ["--perms", "0755", "--dir", str(each)]
            command += ["--bind", str(path), str(path)]
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    return (*command, *become, sys.executable, "-I", __file__)


def refuse_namespaces(landlock=True):
    """Refuse this process what Docker's default profile refuses a container's."""
    architecture, refused, clone, clone3, landlocks = NUMBERS[platform.machine()]
    error = 0x00050000
    code = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, 0x80000000), (0x20, 0, 0, 0)]
    for number in (*refused, *(() if landlock else (landlocks,))):
        code += [(0x15, 0, 1, number), (0x06, 0, 0, error | 1)]
    code += [(0x15, 0, 1, clone3), (0x06, 0, 0, error | 38)]
    code += [(0x15, 0, 3, clone), (0x20, 0, 0, 16), (0x45, 0, 1, 0x7E020000)]
    code += [(0x06, 0, 0, error | 1), (0x06, 0, 0, 0x7FFF0000)]
    program = b"".join(struct.pack("HBBI", *each) for each in code)
    buffer = ctypes.create_string_buffer(program, len(program))
    filters = struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)
    if libc.prctl(22, 2, filters, 0, 0) != 0:
        sys.exit(f"no filter: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    refuse_namespaces(landlock="KATA_TEST_NO_LANDLOCK" not in os.environ)
    os.execvp(sys.argv[1], sys.argv[1:])
