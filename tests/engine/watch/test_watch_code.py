"""`kata watch` and code that does what it should not: the watch goes on, and says what happened."""

import pytest

KEY = "times/double"

BEGINNING = """\
import ctypes, itertools, os, signal, subprocess, sys, time

import torch


def is_socket(number):
    import stat

    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False


def double(x):
    {body}
    return x * {factor}
"""

# What the code does, and what is on the screen then.
ACTS = {
    "segfault": ("ctypes.string_at(0)", "it: signal SIGSEGV. That is a crash in native code."),
    "kill": ("os.kill(os.getpid(), 9)", "it: signal SIGKILL."),
    "kill its group": ("os.killpg(0, 9)", "it: signal SIGKILL."),
    "syscall exit": ("ctypes.CDLL(None)._exit(3)", "it, with exit status 3."),
    "os._exit": ("os._exit(3)", "os._exit(3)"),
    "sys.exit": ("sys.exit(3)", "SystemExit: 3"),
    "stack": ("sys.setrecursionlimit(10**9); double(x)", "failing"),
    "allocates": ("torch.empty(10**15)", "can't allocate memory"),
    "closes": ("os.closerange(3, 200)", "it, with exit status 0."),
}
# What the code does that changes nothing about its verdict.
HARMLESS = {
    "escapes": "print('\\x1b[2J\\x1b[?1049l', flush=True)",
    "writes": "os.write(1, b'\\x1b[2J' * 1000); os.write(2, b'lines' * 1000)",
    "forks": "os.fork() or time.sleep(1000)",
    "starts": "subprocess.Popen(['sleep', '1000'], start_new_session=True)",
    "junk": "[os.write(n, b'[]junk') for n in range(3, 20) if is_socket(n)]",
}


def writes(clone, body, factor=2):
    clone.write(KEY, BEGINNING.format(body=body, factor=factor))


@pytest.fixture
def terminal(little, watching):
    terminal = watching(little, "double")
    terminal.shows("not begun")
    return terminal


def test_code_that_ends_its_process_is_told_so_and_the_watch_goes_on(little, terminal):
    for number, (body, told) in enumerate(ACTS.values()):
        writes(little, body)
        text = terminal.shows(told, without=["judging", "✓ times/double solved"])
        if "SIG" in told and "KILL" not in told:
            assert "It was at line 16, in double." in text
        if number % 3 == 0:
            writes(little, "pass")
            terminal.shows("double solved 1 of 3 solved", without=["judging"])


def test_code_that_writes_forks_and_starts_things_leaves_nothing(little, terminal):
    for number, body in enumerate(HARMLESS.values()):
        factor = 2 + number % 2  # so that each verdict differs from the one before
        writes(little, body, factor)
        terminal.shows("✗ times/double" if number % 2 else "✓ times/double", without=["judging"])
        assert terminal.lines()[0][2:].startswith("times/double")
    writes(little, "pass")
    terminal.shows("✓ times/double solved", without=["judging"])
    left = terminal.processes().values()
    assert not [each for each in left if "sleep" in each]
    assert len(left) <= 3  # the watch, its server, and what is ready for the next save


# What never ends, and what is told of it.
ENDLESS = {
    "computes": ("while True: pass", "stopped after 5 s: is there a loop that does not end?"),
    "waits": (
        "while True: subprocess.Popen(['sleep', '1000']); time.sleep(1)",
        "stopped after 10 s in which it did not compute: does it wait for something?",
    ),
    "hangs": ("sum(itertools.repeat(0))", "in one call that did not come back"),
}


@pytest.mark.parametrize("act", ENDLESS)
def test_what_does_not_end_is_ended_and_the_watch_goes_on(little, terminal, act):
    body, told = ENDLESS[act]
    writes(little, body)
    terminal.shows("judging … 3 s")
    terminal.press("h")
    terminal.shows("Think of a factor.")
    terminal.press("\x1b")
    terminal.shows(told, without=["judging"], patience=60)
    writes(little, "pass")
    terminal.shows("✓ times/double solved", without=["judging"])
    assert not [each for each in terminal.processes().values() if "sleep" in each]
