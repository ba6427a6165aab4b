"""The autograder zip, unpacked and run as Gradescope's harness does."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.engine.clones import new_little
from tests.engine.grading.outputs.consumers import gradescope
from tests.engine.grading.sandbox import container

ROOT = Path(__file__).parents[4]
KATA = str(Path(sys.executable).with_name("kata"))
ASSIGNMENT = """
title = "Week 1"
exercises = ["double", "triple"]
devices = ["cpu"]
limit = 4

[late]
due = 2026-10-05T12:00:00Z
percent = 10
"""
METADATA = {
    "id": 1,
    "created_at": "2026-10-05T14:00:00.500000+02:00",
    "assignment": {"due_date": "2026-10-05T12:00:00.000000+00:00", "total_points": "2.0"},
    "users": [
        {"email": "ada@x.org", "id": 7, "name": "Ada"},
        {"email": "bob@x.org", "id": 8, "name": "Bob"},
    ],
    "submission_method": "upload",
    "previous_submissions": [],
}

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A clone with a commit, and the zip of it, with what was said."""
    base = tmp_path_factory.mktemp("made")
    clone = new_little(base / "little")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "torchkata", clone.root / "torchkata", ignore=ignored)
    (clone.root / "tests/engine").mkdir()
    (clone.root / "tests/engine/test_x.py").touch()
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "A suite."]):
        settings = ["-c", "user.name=T", "-c", "user.email=t@x.org"]
        subprocess.run(["git", "-C", str(clone.root), *settings, *words], check=True)
    (base / "a.toml").write_text(ASSIGNMENT)
    said = clone.kata(*export(base / "a.toml", base / "autograder.zip"))
    return clone, base / "autograder.zip", said


def export(assignment, path):
    return ("export", "gradescope-autograder", "--assignment", str(assignment), "-o", str(path))


def test_it_holds_what_a_container_needs_and_no_more(made):
    clone, path, said = made
    head = subprocess.check_output(["git", "-C", str(clone.root), "rev-parse", "HEAD"], text=True)
    assert said.stdout == f"The suite is in it as of commit {head[:12]}.\n{path}\n"
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
        modes = {each.filename: each.external_attr >> 16 for each in file.infolist()}
        wanted = file.read("requirements.txt").decode().split()
        assignment = tomllib.loads(file.read("assignment.toml").decode())
        setup = file.read("setup.sh").decode()
    assert {name.partition("/")[0] for name in names} == {
        *("setup.sh", "run_autograder", "assignment.toml", "requirements.txt", "suite"),
    }
    assert modes["setup.sh"] == modes["run_autograder"] == 0o100755
    assert "suite/torchkata/grading/judging/zygote.py" in names
    assert "suite/solutions/times/double.py" in names
    assert not [name for name in names if name.startswith("suite/tests/engine")]
    assert {each.partition("==")[0] for each in wanted} >= {"torch", "hypothesis", "numpy"}
    assert not [each for each in wanted if "+" in each]
    assert assignment["seed"] >= 0
    assert "--index-url https://download.pytorch.org/whl/cpu" in setup
    for script in ("setup.sh", "run_autograder"):
        source = ROOT / "torchkata/grading/outputs/autograder" / script
        assert subprocess.run(["bash", "-n", str(source)]).returncode == 0


@pytest.mark.slow
def test_a_submission_is_graded_as_the_harness_does_it(made, tmp_path):
    _, zipped, _ = made
    autograder = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (autograder / name).mkdir(parents=True)
    subprocess.run(["unzip", "-q", str(zipped), "-d", str(autograder / "source")], check=True)
    (autograder / "submission_metadata.json").write_text(json.dumps(METADATA))
    (autograder / "submission/double.py").write_text("def double(x):\n    return x * 2\n")
    command = [str(autograder / "source/run_autograder")]
    if os.geteuid() == 0 and shutil.which("bwrap"):
        tmp_path.chmod(0o755)
        command = [*container.inside(sys.base_prefix, sys.prefix, autograder), *command]
    done = subprocess.run(
        command,
        cwd=autograder,
        env={**os.environ, "AUTOGRADER": str(autograder), "KATA": KATA},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    score, total_shows, tests = gradescope((autograder / "results/results.json").read_text())
    assert (score, total_shows) == (0.9, True)
    assert [test["name"] for test in tests] == ["times/double: solved", "times/triple: missing"]


def test_what_is_wrong_is_told(made, tmp_path):
    clone, _, _ = made
    (clone.root / "README.md").touch()
    assignment = tmp_path / "a.toml"
    assignment.write_text(f"seed = 5\n{ASSIGNMENT}")
    done = clone.kata(*export(assignment, tmp_path / "a.zip"))
    assert (
        "1 changed file is not committed, and not in it. Commit them and make it anew, if they "
        "matter.\n" in done.stdout
    )
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert file.read("assignment.toml").decode() == assignment.read_text()
    bare = new_little(tmp_path / "bare")
    done = bare.kata(*export(assignment, tmp_path / "b.zip"))
    assert done.returncode == 2
    assert done.stdout.startswith(
        f"Error: {bare.root}: an autograder is made of a commit, and there is none: "
    )
    done = clone.kata("export", "gradescope-autograder", "grades", "-o", "c.zip")
    assert done.stdout.splitlines()[-1] == (
        "Error: gradescope-autograder is made before there are grades: give it --assignment FILE "
        "and -o ZIP alone."
    )
