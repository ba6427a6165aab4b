"""The system calls that a student's code is refused, as a seccomp filter. Linux has this.

What is refused opens other processes, memory that no limit sees, namespaces, mounts, the network
or parts of the kernel that a tensor program has no use for. All else goes on.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Literal

_NUMBERS = {  # name: (x86_64, aarch64); None where the architecture has no such call
    "_sysctl": (156, None),
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "clone": (56, 220),
    "clone3": (435, 435),
    "create_module": (174, None),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "get_kernel_syms": (177, None),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "ioprio_set": (251, 30),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "kill": (62, 129),
    "lookup_dcookie": (212, 18),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "migrate_pages": (256, 238),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "move_pages": (279, 239),
    "mq_getsetattr": (245, 185),
    "mq_notify": (244, 184),
    "mq_open": (240, 180),
    "mq_timedreceive": (243, 183),
    "mq_timedsend": (242, 182),
    "mq_unlink": (241, 181),
    "msgctl": (71, 187),
    "msgget": (68, 186),
    "msgrcv": (70, 188),
    "msgsnd": (69, 189),
    "name_to_handle_at": (303, 264),
    "nfsservctl": (180, 42),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pivot_root": (155, 41),
    "prlimit64": (302, 261),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "query_module": (178, None),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "semctl": (66, 191),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "setpriority": (141, 140),
    "setrlimit": (160, 164),
    "setsockopt": (54, 208),
    "settimeofday": (164, 170),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "shmdt": (67, 197),
    "shmget": (29, 194),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "sync": (162, 81),
    "syncfs": (306, 267),
    "sysfs": (139, None),
    "syslog": (103, 116),
    "tgkill": (234, 131),
    "tkill": (200, 130),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "uselib": (134, None),
    "userfaultfd": (323, 282),
    "ustat": (136, None),
    "vhangup": (153, 58),
}

_LAST = 450
"""The last number looked at here: to what came later the kernel answers as an older one does."""

_NAMESPACES = 0x7E020000
_THREAD = 0x10000
_SECCOMP = (317, 277)
_SET_FILTER, _ALL_THREADS = 1, 1  # prctl, the other way, reaches one thread alone
_SO_SNDBUF = 7
_RLIMIT_CORE = 4


@dataclass(frozen=True, slots=True)
class _Where:
    """A call that is refused only where an argument equals, differs from or has bits of a value."""

    name: str
    argument: int
    is_: Literal["equal", "other", "bits"]
    value: int


# Signals do nothing to process 1, unless a library of its own has made a handler for them.
_TO_PROCESS_1 = (
    "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open prlimit64 sched_setaffinity "
    "sched_setattr sched_setparam sched_setscheduler"
).split()

_CONDITIONAL = (
    _Where("clone", 0, "bits", _NAMESPACES),
    _Where("socket", 0, "other", 1),  # AF_UNIX
    _Where("socketpair", 0, "other", 1),
    _Where("setsockopt", 2, "equal", _SO_SNDBUF),  # buffers are memory that no limit sees
    _Where("setpriority", 0, "other", os.PRIO_PROCESS),
    _Where("setpriority", 1, "equal", 1),
    _Where("setrlimit", 0, "equal", _RLIMIT_CORE),
    _Where("prlimit64", 1, "equal", _RLIMIT_CORE),
    *(_Where(name, 0, "equal", 1) for name in _TO_PROCESS_1),
)

_ANSWERS = {"clone3": errno.ENOSYS}  # its flags can't be looked at; C libraries then take clone

# Instructions and answers of classic BPF, from linux/bpf_common.h, linux/seccomp.h, linux/audit.h.
_LOAD, _EQUAL, _AT_LEAST, _BITS, _JUMP, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x05, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LIBC = ctypes.CDLL(None, use_errno=True)
_Code = list[tuple[int, int, int, int]]
_MACHINE = platform.machine() if sys.platform == "linux" and sys.maxsize > 2**32 else ""

KNOWN = _MACHINE in _ARCHITECTURES
"""Whether there is a filter for this machine."""


def refuse() -> None:
    """Refuse these system calls to this process and all that come from it, for good.

    The process must have no_new_privs set. Raises OSError where the kernel takes no filter, or
    where there is none for this machine.
    """
    _take(_CODE, "system calls")


def refuse_sockets() -> None:
    """Refuse new sockets but pairs, so that nothing is reached by the network or by a name.

    As `refuse` does; raises OSError likewise.
    """
    _take(_NO_SOCKETS, "sockets")


def refuse_threads() -> None:
    """Refuse new threads to this process, to the threads it has, and to all that come from it.

    The process must have no_new_privs set. Raises OSError as `refuse` does.
    """
    _take(_NO_THREADS, "threads", _ALL_THREADS)


def _take(code: "ctypes.Array[ctypes.c_char]", what: str, flags: int = 0) -> None:
    if not KNOWN:
        raise OSError(errno.ENOSYS, f"a filter for {what}: there is none for {platform.machine()}")
    descriptor = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(code))
    number = ctypes.c_long(_SECCOMP[_WHICH])
    if _LIBC.syscall(number, ctypes.c_long(_SET_FILTER), ctypes.c_long(flags), descriptor) != 0:
        told = ctypes.get_errno()
        raise OSError(told, f"a filter for {what}: {os.strerror(told)}")


def _refusing(which: int, architecture: int, name: str, tests: _Code) -> bytes:
    """A program that gives one call the answer that `tests` come to, and lets all others pass."""
    number = _NUMBERS[name][which]
    assert number is not None
    return _packed(
        [
            *_of(architecture),
            (_EQUAL, 0, len(tests), number),
            *tests,
            *_answer(0),
        ]
    )


def _of(architecture: int) -> _Code:
    """Ends the process that calls as another architecture does, and loads the call's number."""
    check = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL)]
    return [*check, (_LOAD, 0, 0, 0)]


def _packed(code: _Code) -> bytes:
    return b"".join(struct.pack("HBBI", *each) for each in code)


def _program(which: int, architecture: int) -> bytes:
    return _packed([*_of(architecture), *_search(_starts(_answers(which)))])


def _answers(which: int) -> dict[int, _Code]:
    """What is run for each call that is not just allowed, by number."""
    found: dict[int, _Code] = {}
    for name, numbers in _NUMBERS.items():
        number = numbers[which]
        if number is not None:
            rules = [rule for rule in _CONDITIONAL if rule.name == name]
            tests = [step for rule in rules for step in _tested(rule)]
            found[number] = tests + _answer(0 if rules else _ANSWERS.get(name, errno.EPERM))
    return found


def _tested(rule: _Where) -> _Code:
    hit, miss = (1, 0) if rule.is_ == "other" else (0, 1)
    return [
        (_LOAD, 0, 0, 16 + 8 * rule.argument),  # the low half: the kernel takes an int
        (_BITS if rule.is_ == "bits" else _EQUAL, hit, miss, rule.value),
        *_answer(errno.EPERM),
    ]


def _answer(number: int) -> _Code:
    return [(_RETURN, 0, 0, _ERROR | number if number else _ALLOW)]


def _starts(answers: dict[int, _Code]) -> list[tuple[int, _Code]]:
    """The numbers at which the answer changes, and the answer from there on."""
    found: list[tuple[int, _Code]] = []
    for number in range(_LAST + 2):
        code = answers.get(number, _answer(errno.ENOSYS if number > _LAST else 0))
        if not found or found[-1][1] != code:
            found.append((number, code))
    return found


def _search(starts: list[tuple[int, _Code]]) -> _Code:
    """A binary search: the kernel runs the filter for every number when it takes it."""
    if len(starts) == 1:
        return starts[0][1]
    middle = len(starts) // 2
    below, above = _search(starts[:middle]), _search(starts[middle:])
    jump = [(_AT_LEAST, 0, 1, starts[middle][0]), (_JUMP, 0, 0, len(below))]
    return jump + below + above


_WHICH, _ARCHITECTURE = _ARCHITECTURES.get(_MACHINE, (0, 0))


def _kept(program: bytes) -> "ctypes.Array[ctypes.c_char]":
    """A program where the kernel can read it."""
    return (ctypes.c_char * len(program)).from_buffer_copy(program)


_CODE = _kept(_program(_WHICH, _ARCHITECTURE))
_NEW_THREAD: _Code = [(_LOAD, 0, 0, 16), (_BITS, 0, 1, _THREAD), *_answer(errno.EAGAIN)]
_NO_THREADS = _kept(_refusing(_WHICH, _ARCHITECTURE, "clone", _NEW_THREAD))
_NO_SOCKETS = _kept(_refusing(_WHICH, _ARCHITECTURE, "socket", _answer(errno.EPERM)))
