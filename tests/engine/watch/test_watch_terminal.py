"""`kata watch` and its terminal: taken, resized, stopped, given back, gone; and what it leaves."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

KEY = "times/double"
ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"

LOOP = """\
import os, subprocess, time


def double(x):
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    if os.fork() == 0:
        os.setsid()
        while os.fork() == 0:
            time.sleep(1000)
        time.sleep(1000)
    while True:
        pass
"""


def solved(clone):
    return clone.solution(KEY).read_text()


def test_without_a_terminal_it_says_so(little):
    for streams in ("< /dev/null", "<&-", "| cat", ">&-"):
        run = little.run("sh", "-c", f"{Path(sys.executable).with_name('kata')} watch {streams}")
        if streams != ">&-":
            assert "`kata watch` needs a terminal. `kata check` judges once" in run.stdout
        assert "Traceback" not in run.stdout


def test_a_terminal_that_can_not_be_drawn_on_is_refused(little, watching):
    terminal = watching(little, size=(200, 10), TERM="dumb")
    terminal.shows("this one can't: TERM is 'dumb'. `kata check` judges once, anywhere.")
    assert terminal.ended() == 1
    assert ENTER not in terminal.sent


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGQUIT])
def test_a_signal_ends_it_and_leaves_a_clean_terminal(little, watching, number):
    terminal = watching(little)
    before = terminal.modes()
    terminal.shows("not begun")
    assert terminal.modes() != before
    if number == signal.SIGINT:
        terminal.press("\x03")
    else:
        terminal.signal(number)
    assert terminal.ended() == (0 if number == signal.SIGINT else 128 + number)
    assert terminal.sent.endswith(LEAVE)
    assert terminal.sent.count(ENTER) == terminal.sent.count(LEAVE) == 1
    terminal.is_gone()


@pytest.mark.parametrize("how", ["q", "interrupt", "terminate", "hang up", "kill"])
def test_nothing_is_left_running_however_it_ends(little, watching, how):
    terminal = watching(little)
    terminal.shows("not begun")
    little.write(KEY, LOOP)
    terminal.shows("judging … 1 s")
    terminal.has("sleep 1000")
    match how:
        case "q":
            terminal.press("q")
        case "interrupt":
            terminal.press("\x03")
        case "terminate":
            terminal.signal(signal.SIGTERM)
        case "hang up":
            terminal.hang_up()
        case "kill":
            terminal.signal(signal.SIGKILL)
    terminal.is_gone()


def test_it_may_end_before_it_has_begun(little, watching):
    for key in ("q", "\x03"):
        terminal = watching(little)
        terminal.shows("times/double")
        terminal.press(key)
        assert terminal.ended() == 0
        terminal.is_gone()


def test_what_checks_all_ends_with_the_watch(little, watching):
    little.write(KEY, LOOP)
    terminal = watching(little, "fivefold")
    terminal.shows("not begun")
    terminal.press("c")
    terminal.shows("test session starts")
    terminal.signal(signal.SIGKILL)
    terminal.is_gone()


def test_it_fits_every_size_and_follows_a_resize(little, watching):
    terminal = watching(little, size=(20, 5))
    terminal.shows("times/double", "? keys q quit")
    little.write(KEY, solved(little).replace("return _times(x)", "return x.clone()"))
    terminal.shows("✗ times/double", "↑ ↓ lines 1-2 of")
    terminal.press("\x1b[B" * 40)
    terminal.shows("checks pass")
    terminal.press("?")
    terminal.shows("n next exercise")
    terminal.press("\x1bl")
    terminal.shows("> ✗ times/double")
    terminal.press("\x1b")
    terminal.resize(100, 40)
    terminal.shows("failing", "checks pass", "h hint r run again n next")
    assert terminal.lines()[-1].startswith("h hint")
    terminal.resize(1, 1)
    terminal.resize(60, 3)
    terminal.shows("times/double", "? keys q quit")
    terminal.resize(80, 24)
    terminal.shows("failing", "checks pass")


def test_no_color_is_respected(little, watching):
    for environment in ({"NO_COLOR": "1"}, {}):
        terminal = watching(little, **environment)
        little.write(KEY, solved(little).replace("return _times(x)", "return x.clone()"))
        terminal.shows("failing", "Nothing is multiplied.")
        assert (b"\x1b[31m" in terminal.sent or b"\x1b[1;31m" in terminal.sent) != bool(environment)


def test_a_shell_can_stop_it_and_bring_it_back(little):
    kata = Path(sys.executable).with_name("kata")
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        cwd=little.root,
        env={**os.environ, "PS1": "shell$ ", "TERM": "xterm-256color"},
        dimensions=(24, 80),
        timeout=20,
        encoding="utf-8",
    )
    with contextlib.closing(shell):
        shell.sendline(f"{kata} watch double")
        shell.expect("not begun")
        shell.send("\x1a")
        shell.expect_exact("\x1b[?1049l")
        shell.expect("Stopped")
        little.write(KEY, solved(little))
        shell.sendline("stty -a; echo there")
        shell.expect(r" icanon[\s\S]* echo ")
        shell.expect("there\r\n")
        shell.sendline("fg")
        shell.expect_exact("\x1b[?1049h")
        shell.expect("Solved: all 2 checks pass.")
        shell.send("q")
        shell.expect_exact("\x1b[?1049l")
        shell.sendline("exit")
        shell.expect(pexpect.EOF)


def test_an_idle_watch_uses_little_memory(clone, watching):
    terminal = watching(clone, "one_hot")
    terminal.shows("not begun")
    clone.solve("indexing/one_hot")
    terminal.shows("✓ indexing/one_hot solved", without=["judging"])
    total = 0
    for pid in terminal.processes():
        rollup = Path("/proc", str(pid), "smaps_rollup").read_text()
        total += next(
            int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")
        )
    assert total / 1024 < 450


def test_the_server_may_be_killed(little, watching):
    terminal = watching(little)
    terminal.shows("not begun")
    for pid, command in terminal.processes().items():
        if "warm_server" in command:
            subprocess.run(["kill", "-9", str(pid)], check=False)
    little.write(KEY, solved(little))
    terminal.shows("times/double", without=["not begun", "judging"])
    terminal.press("r")
    terminal.shows("✓ times/double solved")
