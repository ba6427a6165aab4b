"""What a student's code can and can't do, shown by programs that try it."""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from torchkata.grading.sandbox import system_calls

ROOT = Path(__file__).parents[4]
MIB = 1 << 20

NUMBERS = {
    name: numbers[system_calls._MACHINE == "aarch64"]
    for name, numbers in system_calls._NUMBERS.items()
}
CALL = f"""
import ctypes, os
number = {NUMBERS}
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    done = getattr(libc, name)(*arguments)
    return os.strerror(ctypes.get_errno()) if done == -1 else "done"
"""


HONEST = {
    "from concurrent.futures import ThreadPoolExecutor as Pool\n"
    "answer = sum(Pool(16).map(abs, range(100)))": "4950",
    "import subprocess, sys\n"
    "answer = subprocess.check_output([sys.executable, '-c', 'print(6 * 7)'])": r"b'42\n'",
    "import tempfile\n"
    "with tempfile.NamedTemporaryFile('w+') as f:\n"
    "    f.write('x'); f.seek(0); answer = f.read(), f.name[:5]": "('x', '/tmp/')",
    "import multiprocessing as m\nanswer = m.Pool(2).map(abs, [-1, -2])": "[1, 2]",
    "from multiprocessing.shared_memory import SharedMemory\n"
    "s = SharedMemory(create=True, size=99); s.buf[3] = 7\n"
    "other = SharedMemory(s.name); answer = other.buf[3]; s.unlink()": "7",
    "import os\n"
    "with open('/proc/self/status') as f: answer = os.getcwd(), f.read(5)": "('/tmp', 'Name:')",
    "import resource as r\n"
    "r.setrlimit(r.RLIMIT_NOFILE, (50, 99)); answer = r.getrlimit(r.RLIMIT_NOFILE)": "(50, 99)",
}


def told(sandboxes, programs, **limits):
    return dict(zip(programs, sandboxes.confined(*programs, **limits), strict=True))


def test_honest_programs_run(sandboxes):
    sandboxes.needs("fresh /tmp")
    assert told(sandboxes, HONEST) == HONEST


def test_workers_of_a_data_loader_run(sandboxes):
    sandboxes.needs("fresh /tmp")
    program = """
import torch
from torch.utils.data import DataLoader
loader = DataLoader(torch.arange(100.0), batch_size=5, num_workers=2, persistent_workers=True)
answer = [sum(batch.sum().item() for batch in loader) for _ in range(2)]
"""
    assert sandboxes.confined(program, memory=4096 * MIB) == ["[4950.0, 4950.0]"]


REFUSED = [
    "answer = call('mount', b'none', b'/tmp', b'tmpfs', 0, None)",
    "answer = call('umount2', b'/tmp', 0)",
    "answer = call('unshare', 0x10000000)",
    "answer = call('setns', 0, 0)",
    "answer = call('chroot', b'/tmp')",
    "answer = call('syscall', number['clone'], 0x10000011, 0, 0, 0, 0)",
    "answer = call('ptrace', 16, 1, 0, 0)",
    "answer = call('process_vm_readv', 1, None, 0, None, 0, 0)",
    "answer = call('memfd_create', b'x', 0)",
    "answer = call('shmget', 0, 4096, 0o1600)",
    "answer = call('mq_open', b'/x', 0o102, 0o600, None)",
    "answer = call('personality', 0x40000)",
    "answer = call('syscall', number['io_uring_setup'], 8, None)",
    "answer = call('syscall', number['keyctl'], 0, -3, 1)",
    "answer = call('syscall', number['bpf'], 0, None, 0)",
    "answer = call('socket', 2, 1, 0)",
    "answer = call('socket', 16, 3, 0)",
    "answer = call('kill', 1, 9)",
    "answer = call('setpriority', 0, 1, 19)",
    "answer = call('setpriority', 2, 0, 19)",
    "answer = call('sched_setaffinity', 1, 8, b'\\1' + bytes(7))",
    "answer = call('prlimit', 1, 7, (ctypes.c_ulong * 2)(0, 0), None)",
    "answer = call('setrlimit', 4, (ctypes.c_ulong * 2)(0, 0))",
    "import socket\n"
    "a, b = socket.socketpair()\n"
    "answer = call('setsockopt', a.fileno(), 1, 7, b'\\0\\0\\1\\0', 4)",
]


def test_what_only_system_programs_need_is_refused(sandboxes):
    sandboxes.needs("system calls")
    programs = [CALL + each for each in REFUSED]
    wanted = dict.fromkeys(programs, "'Operation not permitted'")
    assert told(sandboxes, programs) == wanted


def test_a_call_that_came_later_or_hides_its_flags_is_not_there(sandboxes):
    sandboxes.needs("system calls")
    programs = [CALL + f"answer = call('syscall', {number}, None, 0)" for number in (435, 467, -2)]
    assert sandboxes.confined(*programs) == ["'Function not implemented'"] * 3


def test_calls_of_another_architecture_end_the_process(sandboxes):
    sandboxes.needs("system calls")
    if system_calls._MACHINE != "x86_64":
        pytest.skip("only x86_64 has calls of another architecture")
    program = """
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes.fromhex("53 b814000000 cd80 5b c3"))  # getpid, as programs of 32 bits ask for it
answer = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
"""
    bad_call, no_such_instruction = "ended with -31", "ended with -11"
    assert sandboxes.confined(program)[0] in (bad_call, no_such_instruction)


def test_process_1_cannot_be_read_or_ended(sandboxes):
    sandboxes.needs("privileges")
    names = ("mem", "environ", "maps", "fd", "root", "cwd", "oom_score_adj")
    opened = "import os\nos.open('/proc/1/{0}', {1})"
    programs = [opened.format(name, "os.O_RDONLY") for name in names[:-1]]
    programs.append(opened.format(names[-1], "os.O_WRONLY"))
    assert sandboxes.confined(*programs) == [
        f"PermissionError: [Errno 13] Permission denied: '/proc/1/{name}'" for name in names
    ]
    signals = "import os\nfor each in (2, 9, 15, 19): os.kill(1, each)\nanswer = 'sent'"
    assert sandboxes.confined(signals, "answer = 'alive'", confined=False) == ["'sent'", "'alive'"]


def test_it_has_no_rights_and_can_gain_none(sandboxes):
    sandboxes.needs("privileges")
    program = """
lines = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines())
names = "CapInh CapPrm CapEff CapBnd CapAmb NoNewPrivs".split()
answer = {int(lines[name], 16) for name in names[:5]}, lines["NoNewPrivs"]
"""
    assert sandboxes.confined(program) == ["({0}, '1')"]
    users = """
import os
def become(which, number):
    try: getattr(os, which)(number)
    except OSError: return False
    return number not in (os.getuid(), os.getgid())
answer = [(which, n) for which in ("setuid", "setgid") for n in (0, 1, 2_000_000_001)
          if become(which, n)], 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups())
"""
    assert sandboxes.confined(users) == ["([], False)"]


def test_processes_and_threads_are_bounded_together(sandboxes):
    sandboxes.needs("process limit")
    forks = """
import os, signal
answer = 0
try:
    for answer in range(100):
        if os.fork() == 0: signal.pause()
except BlockingIOError as error:
    answer = answer, error.strerror
"""
    threads = """
import threading
waiting = threading.Event()
answer = 0
try:
    for answer in range(100): threading.Thread(target=waiting.wait, daemon=True).start()
except RuntimeError as error:
    answer = answer, str(error)
"""
    wanted = ["(7, 'Resource temporarily unavailable')", '(7, "can\'t start new thread")']
    assert sandboxes.confined(forks, threads, forks, processes=8) == [*wanted, wanted[0]]


def test_a_fork_bomb_ends_with_its_submission(sandboxes):
    sandboxes.needs("process limit")
    bomb = """
import os, time
end = time.monotonic() + 0.5
while time.monotonic() < end:
    try: os.fork()
    except OSError: pass
"""
    count = "import os\nanswer = sum(each.isdecimal() for each in os.listdir('/proc'))"
    assert sandboxes.confined(bomb, count, processes=16)[1] == "2"


BEYOND = {
    "held = [0] * 20_000_000": "MemoryError: ",
    "held = []\nwhile True: held.append('x' * 5000)": "MemoryError: ",
    "import mmap\nmmap.mmap(-1, 200 << 20)": "OSError: [Errno 12] Cannot allocate memory",
    "for n in range(50): open(f'/tmp/{n}', 'wb').write(bytes(1 << 20))": "OSError: [Errno 28] No "
    "space left on device",
    "for n in range(50): open(f'/dev/shm/{n}', 'wb').write(bytes(1 << 20))": "OSError: [Errno 28] "
    "No space left on device",
    "import os\nfd = os.open('/tmp', 0)\n"
    "try:\n    for n in range(5000): os.mkdir(str(n), dir_fd=fd)\n"
    "except OSError as error: raise OSError(error.errno, n < 4096)": "OSError: [Errno 28] True",
    "f = open('/tmp/x', 'wb', buffering=0); f.write(bytes(20 << 20)); f.write(b'x')": "OSError: "
    "[Errno 27] File too large",
    "import os\nwhile True: os.pipe()": "OSError: [Errno 24] Too many open files",
    "import os\nos.kill(os.getpid(), 11)": "ended with -11",
    "while True: pass": "ended with -24",
}


def test_memory_files_descriptors_and_time_have_limits(sandboxes):
    sandboxes.needs("fresh /tmp")
    sizes = {"memory": 100 * MIB, "tmp_bytes": 32 * MIB, "file_bytes": 20 * MIB}
    assert told(sandboxes, BEYOND, seconds=1, open_files=64, **sizes) == BEYOND


def test_memory_of_all_processes_counts_once_and_without_what_process_1_has(sandboxes):
    sandboxes.needs("memory limit")
    children = """
import mmap, os, signal
def hold(size):
    held = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE)
    for at in range(0, size, 4096): held[at] = 1
    return held
asked, ready = os.pipe()
for _ in range(3):
    if os.fork() == 0:
        held = hold(30 << 20)
        os.write(ready, b"x")
        signal.pause()
got = b""
while len(got) < 3: got += os.read(asked, 3)
answer = look(70 << 20), look(130 << 20)
"""
    shared = children.replace("if os.fork", "if _ == 0: common = hold(60 << 20)\n    if os.fork")
    shared = shared.replace("held = hold(30 << 20)", "").replace("MAP_PRIVATE", "MAP_SHARED")
    shared = shared.replace("look(70 << 20), look(130 << 20)", "look(50 << 20), look(100 << 20)")
    sockets = (
        "import socket\nheld = [socket.socketpair() for _ in range(25)]\nanswer = look(10 << 20)"
    )
    nothing = "answer = look(8 << 20)"
    found = sandboxes.confined(children, shared, sockets, nothing)
    assert found == ["(True, False)", "(True, False)", "True", "False"]


def test_nothing_is_left_for_the_next(sandboxes):
    sandboxes.needs("fresh /tmp")
    leave = """
import os
for folder in ("/tmp", "/dev/shm"): open(folder + "/left", "w").close()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            open("/tmp/later", "w").close()
"""
    find = """
import os
answer = [path for path in ("/tmp/left", "/tmp/later", "/dev/shm/left") if os.path.exists(path)]
"""
    assert sandboxes.confined(leave, find)[1] == "[]"


def test_only_two_folders_can_be_written_to(sandboxes):
    sandboxes.needs("files")
    program = """
import os
answer = []
for line in open("/proc/self/mountinfo"):
    for folder in {line.split()[4], os.path.dirname(line.split()[4])}:
        try:
            os.close(os.open(folder + "/made", os.O_CREAT | os.O_WRONLY))
        except OSError:
            continue
        answer.append(folder)
answer = sorted({os.path.dirname(os.path.realpath(each + "/made")) for each in answer})
"""
    (found,) = sandboxes.confined(program)
    own = {"/tmp", "/dev/shm"}
    assert {each for each in eval(found) if not each.startswith("/tmp/")} == own


def test_descriptors_are_closed_and_output_goes_nowhere(sandboxes):
    sandboxes.needs("fresh /tmp")
    program = """
import os
links = {}
for name in os.listdir("/proc/self/fd"):
    try: links[int(name)] = os.readlink("/proc/self/fd/" + name).partition(":")[0]
    except OSError: pass
answer = sorted(links.values())
print("to nobody", flush=True)
"""
    assert sandboxes.confined(program) == [
        "['/dev/null', '/dev/null', '/dev/null', 'pipe', 'pipe']"
    ]


LIMITED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from torchkata.grading.sandbox.confinement import Limits, {0}
told = os.dup(1)
os.pipe()
if os.fork() == 0:
    {1}
    import resource
    limits = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))
              for name in ("CPU", "FSIZE", "NOFILE", "CORE")]
    here = sorted(map(int, os.listdir("/dev/fd")))[:-1], os.getsid(0) == os.getpid()
    print("nowhere", flush=True)
    os.write(told, repr((limits, *here)).encode())
    os._exit(0)
os.wait()
"""


def test_without_a_sandbox_there_are_still_limits():
    code = LIMITED.format("limit", "limit(Limits(1.5, 1 << 30), [told])")
    command = [sys.executable, "-I", "-c", code, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    core = (min(1, resource.getrlimit(resource.RLIMIT_CORE)[1] % 2**64),) * 2
    assert done.stdout == repr(([(2, 3), (64 * MIB,) * 2, (128, 128), core], [0, 1, 2, 3], True))


def test_confining_without_the_right_to_is_an_error():
    code = LIMITED.format("confine", "confine(Limits(1, 1 << 30), [2, told], None)")
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    python = "/usr/bin/python3" if nobody else sys.executable
    if not Path(python).exists():
        pytest.skip("no Python that an ordinary user can run")
    done = subprocess.run(
        [python, "-I", "-c", code, str(ROOT)], capture_output=True, text=True, timeout=60, **nobody
    )
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == (
        "PermissionError: [Errno 1] unshare: Operation not permitted"
    )


@pytest.mark.parametrize(
    ("which", "path"),
    [
        (0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        (1, "/usr/include/asm-generic/unistd.h"),
    ],
)
def test_numbers_are_those_of_the_kernels_headers(which, path):
    if not Path(path).exists():
        pytest.skip(f"{path} is not installed")
    found = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", Path(path).read_text()))
    known = {name: numbers[which] for name, numbers in system_calls._NUMBERS.items()}
    assert known == {name: int(found[name]) if name in found else None for name in known}
    newer = {name for name, number in found.items() if int(number) > system_calls._LAST}
    assert not newer & set(known)


def test_without_a_filter_for_this_machine_there_is_an_error(monkeypatch):
    monkeypatch.setattr(system_calls, "KNOWN", False)
    monkeypatch.setattr(system_calls.platform, "machine", lambda: "riscv64")
    with pytest.raises(OSError, match=re.escape("none for riscv64")) as caught:
        system_calls.refuse()
    assert caught.value.strerror == "a filter for system calls: there is none for riscv64"
