"""Other plugins beside ours: what they find in a report, and what they do to a run."""

import pytest

from tests.engine.practice.test_report import HEADLINE, NODE, VERDICT, WRONG, failures

MARKS = """\
import os
from pathlib import Path

Path("read.txt").open("a").write(f"{name} {{os.getpid()}}\\n")


def {name}(x):
    return x * {factor}
"""

EARLY = """
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        with open("early.txt", "a") as file:
            file.write(f"{call.excinfo.exconly()}\\n{report.longrepr}\\n")
    return report
"""


@pytest.fixture
def wrong(little):
    little.write("times/double", WRONG)
    return little


def annotations(output):
    """What GitHub would show, by the place where it would."""
    found = [line.partition("::error ")[2] for line in output.split("\n") if "::error " in line]
    divided = [each.partition("::") for each in found]
    return {where: text.replace("%0A", "\n").replace("%25", "%") for where, _, text in divided}


def test_githubs_annotations_have_the_verdict(wrong):
    selected = [NODE, "exercises/times/triple.py"]
    run = wrong.pytest(*selected, "--device=cpu", GITHUB_ACTIONS="true")
    assert annotations(run.stdout) == {
        "file=exercises/times/double.py,line=1": f"multiplies[cpu]\n\n{VERDICT}".rstrip("\n"),
        "file=exercises/times/triple.py,line=9": (
            "multiplies[cpu]\n\ntriple is not written yet.\nexercises/times/triple.py:9"
        ),
    }
    assert failures(run.stdout).count(HEADLINE) == 1


def test_a_report_has_the_text_when_it_is_made(wrong):
    (wrong.root / "early.py").write_text(EARLY)
    wrong.pytest("exercises/times", "--device=cpu", "-p", "early")
    assert (wrong.root / "early.txt").read_text() == (
        f"Refused: {HEADLINE}\n{VERDICT}"
        "NotWritten: triple is not written yet.\n"
        "triple is not written yet.\nexercises/times/triple.py:9\n"
    )


def test_a_rerun_judges_again(wrong):
    run = wrong.pytest("exercises/times", "--device=cpu", "--reruns=1", "--kata-json=kata.json")
    assert "exercises/times/double.py RF " in run.stdout
    assert "exercises/times/triple.py RT " in run.stdout
    assert failures(run.stdout).partition("\n=")[0].endswith(VERDICT.rstrip("\n"))
    assert run.stdout.count("TODO ") == 1
    assert "0 of 1 checks pass" in run.stdout
    assert "1 failed, 2 rerun, 1 todo in" in run.stdout
    assert (wrong.root / "kata.json").read_text().count('"property"') == 2


@pytest.mark.parametrize("way", ["worksteal", "loadgroup"])
def test_a_file_stays_in_one_process_and_its_verdict_reaches_the_reports(little, way):
    factors = {"double": 2, "triple": 3, "fivefold": 4}
    for name, factor in factors.items():
        topic = "more" if name == "fivefold" else "times"
        little.write(f"{topic}/{name}", MARKS.format(name=name, factor=factor))
    arguments = ("exercises", "--device", "cpu,sim", "-n2", f"--dist={way}")
    run = little.pytest(*arguments, GITHUB_ACTIONS="true")
    assert "2 failed, 4 passed in" in run.stdout
    read = {*(little.root / "read.txt").read_text().splitlines()}
    assert sorted(each.split()[0] for each in read) == sorted(factors), read
    ((where, text),) = annotations(run.stdout).items()
    assert where == "file=exercises/more/fivefold.py,line=7"
    # The one on sim comes last, and tells why it was not tried.
    assert text == "multiplies[sim]\n\nnot tried, since it fails on cpu"
    assert failures(run.stdout).count("Every element is multiplied.") == 1
