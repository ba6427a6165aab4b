"""What becomes of verdicts in a pytest run: the terminal, JUnit XML, files, progress, lessons."""

import json
import re
import sys
import xml.etree.ElementTree as ET

import pexpect
import pytest

WRONG = "def double(x):\n    print('at', x.dtype)\n    return x + 1\n"
VERDICT = """\
exercises/times/double.py:1, on cpu
Every element is multiplied.

wrong values: 2 of 2 values differ (tolerance: 1e-05 + 1.3e-06 × |expected|)

call:
    x = torch.tensor([0.0, 0.1])
    double(x)

expected:                  yours:
    float32 (2,) on cpu        float32 (2,) on cpu
    0.* 0.2*                   1.* 1.1*

printed:
    at torch.float32

hint:  kata hint double
again: pytest "exercises/times/double.py::multiplies[cpu]"
"""
HEADLINE = "wrong values: 2 of 2 values differ (tolerance: 1e-05 + 1.3e-06 × |expected|)"
NODE = "exercises/times/double.py::multiplies[cpu]"
NASTY = """\
def double(x):
    print("\\x1b[2J \\ud800 \\x07")
    raise ValueError("\\x1b[31m\\ud800")
"""

SPY = """
def pytest_runtest_logreport(report):
    if report.failed:
        with open("told.txt", "a") as file:
            file.write(report.longreprtext)
"""


def bare(text):
    """Text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def failures(text):
    """The section of failures, without the line in which pytest-xdist names a process."""
    section = text.split("= FAILURES =")[1].split("= katas =")[0]
    return "\n".join(line for line in section.split("\n")[1:-1] if not line.startswith("[gw"))


def closing(text):
    """The closing lines."""
    return re.search(r"= katas =+\n(.*?)\n=", bare(text), re.DOTALL)[1].split("\n")


def cases(path):
    """The test cases of a JUnit XML file by exercise and name, in whatever order they ran."""
    found = ET.parse(path).iter("testcase")
    return {(each.get("classname").rpartition(".")[2], each.get("name")): each for each in found}


def written(path):
    return json.loads(path.read_text())


@pytest.fixture
def wrong(little):
    little.write("times/double", WRONG)
    return little


def in_terminal(clone, *arguments, **environment):
    """What pytest writes in a real terminal."""
    command = ["-m", "pytest", "exercises", "--device", "cpu", *arguments]
    kept = {"PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "HOME": str(clone.root)}
    kept["PYTHONPATH"] = ":".join(each for each in sys.path if each)
    child = pexpect.spawn(
        sys.executable,
        command,
        cwd=str(clone.root),
        env={**kept, **environment},
        encoding="utf-8",
        timeout=120,
        dimensions=(50, 80),
    )
    child.expect(pexpect.EOF)
    child.close()
    return child.before.replace("\r\n", "\n")


def test_a_pipe_is_plain(wrong):
    run = wrong.pytest("exercises")
    assert VERDICT in run.stdout
    assert "\x1b" not in run.stdout


def test_color_yes_shows_the_same_text_in_colour(wrong):
    run = wrong.pytest("exercises", "--color=yes", NO_COLOR="1")
    assert VERDICT in bare(run.stdout)
    assert "\x1b[1;32m0.\x1b[0m\x1b[1;32m*\x1b[0m" in run.stdout, "the cell that is expected"
    assert "\x1b[1;31m1.\x1b[0m\x1b[1;31m*\x1b[0m" in run.stdout, "the cell that differs"


def test_a_terminal_has_colour_and_no_color_takes_it_away(wrong):
    shown = in_terminal(wrong)
    assert VERDICT in bare(shown)
    assert "\x1b[1;31m" in failures(shown)
    for arguments, environment in ((["--color=no"], {}), ([], {"NO_COLOR": "1"})):
        shown = in_terminal(wrong, *arguments, **environment)
        assert VERDICT in shown
        assert "\x1b[" not in failures(shown)


def test_a_terminal_is_not_written_to_by_the_learner(little):
    little.write("times/double", NASTY)
    run = little.pytest("exercises", "--device", "cpu", CI="true")
    assert "printed:\n    \\x1b[2J \\ud800 \\x07\n" in run.stdout
    assert "raises ValueError: \\x1b[31m\\ud800\n" in run.stdout
    assert f"FAILED {NODE} - raises ValueError: \\x1b[31m\\ud800\n" in run.stdout
    assert "\x1b" not in run.stdout


def test_an_encoding_without_the_characters_keeps_the_lines(wrong):
    run = wrong.pytest("exercises", PYTHONIOENCODING="ascii")
    assert VERDICT.replace("×", r"\xd7") in run.stdout


def test_the_short_summary_does_not_repeat_the_verdict(wrong):
    run = wrong.pytest("exercises", "--device", "cpu", CI="true", BUILD_NUMBER="7")
    assert run.stdout.count("Every element is multiplied.") == 1
    assert f"\nFAILED {NODE} - {HEADLINE}\n" in run.stdout


@pytest.mark.parametrize("option", ["--tb=short", "-q", "-rA"])
def test_pytest_options_leave_the_verdict_as_it_is(wrong, option):
    run = wrong.pytest("exercises", "--device", "cpu", option)
    assert run.stdout.count(VERDICT) == 1
    assert run.stdout.count("Every element is multiplied.") == 1


def test_tb_no_and_tb_line(wrong):
    run = wrong.pytest("exercises", "--device", "cpu", "--tb=no", CI="true")
    assert "Every element" not in run.stdout
    assert f"FAILED {NODE} - {HEADLINE}\n" in run.stdout
    assert closing(run.stdout)[-2:] == [
        "next:   exercises/times/double.py:1",
        "hint:   kata hint double",
    ]
    run = wrong.pytest("exercises", "--device", "cpu", "--tb=line")
    assert f"\nexercises/times/double.py:1: {HEADLINE}\n" in run.stdout


def test_in_parallel_texts_colours_and_data_are_the_same(wrong, tmp_path):
    wrong.solve("more/fivefold")
    told, data = [], []
    for name, option in (("alone", "-n0"), ("two", "-n2")):
        path = tmp_path / f"{name}.json"
        run = wrong.pytest("exercises", "--color=yes", option, "--kata-json", str(path))
        told.append((failures(run.stdout), closing(run.stdout)))
        data.append(written(path))
    assert "\x1b[1;31m" in told[0][0]
    assert data[0] == data[1]
    lines = [line for line in told[0][1] if not line.startswith(("take", "the ref", "beside"))]
    assert told[1][1] == lines, "all but the lesson, which is for the first time"
    assert told[0][0] == told[1][0]


@pytest.mark.parametrize("option", ["-n0", "-n2"])
def test_junit_xml_has_headline_and_verdict(wrong, tmp_path, option):
    wrong.solve("times/triple")
    path = tmp_path / "report.xml"
    wrong.pytest("exercises", "--junitxml", str(path), option, "--color=yes")
    first = cases(path)["double", "multiplies[cpu]"].find("failure")
    assert first.get("message") == HEADLINE
    assert first.text.rstrip("\n") + "\n" == VERDICT
    second = cases(path)["double", "multiplies[sim]"].find("failure")
    assert second.get("message") == second.text == "not tried, since it fails on cpu"
    assert cases(path)["triple", "multiplies[cpu]"].find("failure") is None
    todo = cases(path)["fivefold", "multiplies[cpu]"]
    assert todo.find("failure").get("message") == "fivefold is not written yet."
    told = [(each.get("name"), each.get("value")) for each in todo.iter("property")]
    assert told == [("kata", "todo")]
    assert cases(path)["double", "multiplies[cpu]"].find("properties") is None


@pytest.mark.parametrize("option", ["-n0", "-n2"])
def test_junit_xml_and_data_of_control_characters_can_be_read(little, tmp_path, option):
    little.write("times/double", NASTY)
    report, data = tmp_path / "report.xml", tmp_path / "data.json"
    run = little.pytest("exercises", "--junitxml", str(report), "--kata-json", str(data), option)
    assert "INTERNALERROR" not in run.stdout
    failure = cases(report)["double", "multiplies[cpu]"].find("failure")
    assert failure.get("message") == "raises ValueError: \\x1b[31m\\ud800"
    assert "    \\x1b[2J \\ud800 \\x07\n" in failure.text
    verdict = written(data)["exercises"][0]["verdicts"][0]
    assert verdict["printed"] == "\x1b[2J \\ud800 \x07"
    assert verdict["raised"] == "ValueError: \x1b[31m\\ud800"


def test_without_the_terminal_reporter_the_plain_verdict_is_in_the_reports(wrong, tmp_path):
    (wrong.root / "spy.py").write_text(SPY)
    path = tmp_path / "data.json"
    spied = ("-p", "no:terminal", "-p", "spy", "--kata-json", str(path), "--device=cpu")
    run = wrong.pytest(NODE, *spied)
    assert (run.returncode, run.stdout.strip()) == (1, "")
    assert (wrong.root / "told.txt").read_text().rstrip("\n") + "\n" == VERDICT
    assert written(path)["exercises"][0]["verdicts"][0]["text"] + "\n" == VERDICT


def test_the_command_to_rerun_judges_the_same_inputs(wrong):
    wrong.write("times/double", "def double(x):\n    return x * 2 if x.dim() < 3 else x\n")
    run = wrong.pytest("exercises", "--device", "cpu", "--kata-seed", "5")
    again = re.search(r"again: pytest (.*)", run.stdout)[1]
    assert again == f'"{NODE}" --kata-seed 5'
    arguments = again.replace('"', "").split()
    assert (
        failures(wrong.pytest(*arguments, fresh=True).stdout)
        == failures(run.stdout).partition("\n=")[0]
    )


def test_what_was_printed_belongs_to_the_input_that_is_shown(little):
    body = "print('sides', tuple(x.shape))\n    return x * 2 if x.dim() < 2 else x"
    little.write("times/double", f"def double(x):\n    {body}\n")
    run = little.pytest("exercises", "--device", "cpu")
    shape = re.search(r"float32 (\(.*?\)) on cpu", run.stdout)[1]
    assert f"printed:\n    sides {shape}\n" in run.stdout
