"""A fork of one's own: the workflow that judges what was pushed, and the dev container."""

import json
import re
import runpy
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.engine.clones import ROOT
from torchkata.suite.curriculum import read_suite

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/exercises.yml").read_text())
JOB = WORKFLOW["jobs"]["judge"]

SUMMARY = """\
| exercise | | checks that pass |
| --- | --- | --- |
| `times/double` | failing | 0 of 2 |
| `more/fivefold` | solved | 2 of 2 |

### times/double

    exercises/times/double.py:1, on cpu
    Every element is multiplied.
"""


@pytest.fixture
def fork(little):
    """A clone whose stubs are committed, and a way to run the workflow's own step in it."""
    shutil.copytree(ROOT / ".github", little.root / ".github")
    (little.root / ".gitignore").write_text("__pycache__/\n.pytest_cache/\n")
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    little.run("git", "init", "-q")
    little.run("git", "add", "-A")
    little.run("git", *identity, "commit", "-q", "-m", "the stubs")
    return little


def judged(fork, since):
    """The output and the summary of the step that judges."""
    (step,) = (each for each in JOB["steps"] if "judge" in each.get("run", ""))
    assert list(step["env"]) == ["SINCE"]
    summary = fork.root / "summary.md"
    summary.unlink(missing_ok=True)
    programs = str(Path(sys.executable).parent)
    run = fork.run(
        *("bash", "-eo", "pipefail", "-c", step["run"]),
        PATH=f"{programs}:/usr/bin:/bin",
        SINCE=since,
        GITHUB_ACTIONS="true",
        GITHUB_STEP_SUMMARY=str(summary),
    )
    return run, summary.read_text()


def test_the_workflow_shows_the_verdicts_on_what_has_changed(fork):
    fork.write("times/double", "def double(x):\n    return x + 1\n")
    fork.solve("more/fivefold")
    run, summary = judged(fork, "HEAD")
    assert run.returncode == 1
    assert summary.startswith(SUMMARY)
    assert "times/triple" not in summary, "it is not begun"
    assert len(re.findall("::error file=exercises/times/double.py,line=1::", run.stdout)) == 2


@pytest.mark.parametrize("since", ["", "0" * 40], ids=["by_hand", "a_new_branch"])
def test_where_git_knows_no_commit_before_all_is_looked_at(fork, since):
    changed = runpy.run_path(str(fork.root / ".github" / "judge_changed.py"))["changed"]
    suite = read_suite(fork.root)
    assert changed(suite, since) == list(suite.exercises)


def test_the_workflow_is_green_where_nothing_that_is_begun_has_changed(fork):
    run, summary = judged(fork, "HEAD")
    assert (run.returncode, summary) == (0, "No exercise that is begun has changed.\n")


def test_what_the_workflow_and_the_container_use_is_pinned_and_small():
    uses = [each["uses"] for each in JOB["steps"] if "uses" in each]
    assert uses
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", each) for each in uses)
    installs = next(each["run"] for each in JOB["steps"] if "pip install" in each.get("run", ""))
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    assert re.search(r":\d+-3\.\d+-[a-z]+$", container["image"])
    for command in (installs, container["postCreateCommand"]):
        assert "--extra-index-url https://download.pytorch.org/whl/cpu" in command
        assert command.endswith(" -e .")
