"""`pytest exercises/… --submission DIR`: a student's files in practice mode, by real pytest."""

import json
import re
import shutil

import pytest

WRONG = """\
from torch import Tensor


def double(x: Tensor) -> Tensor:
    return x + 1
"""

MISSING = "MISSING times/triple: the submission has no file of it"


@pytest.fixture
def submission(little, tmp_path):
    """A student's folder with a right answer to one of the three exercises."""
    folder = tmp_path / "ann"
    shutil.copytree(little.root / "solutions" / "times", folder / "exercises" / "times")
    (folder / "exercises" / "times" / "triple.py").unlink()
    return folder


def test_judges_the_submission_and_not_the_exercises(little, submission):
    little.write("times/double", WRONG)
    little.solve("times/triple")
    run = little.pytest("exercises/times", "--submission", submission, "--device", "cpu,sim")
    assert run.returncode == 1
    assert "--submission runs this code without a sandbox\n" in run.stdout
    assert re.search(r"^exercises/times/double.py \.\. ", run.stdout, re.MULTILINE)
    assert re.search(r"^exercises/times/triple.py M ", run.stdout, re.MULTILINE)
    assert run.stdout.count(MISSING) == 1
    assert re.search(r"^\.\./ann/exercises/times/double.py @ [0-9a-f]{7}: ", run.stdout, re.M)
    assert "2 passed, 1 missing in" in run.stdout


def test_leaves_progress_and_the_submission_as_they_are(little, submission):
    before = sorted(submission.rglob("*"))
    run = little.pytest("exercises", "--submission", submission, "--device", "cpu")
    assert "2 missing in" in run.stdout
    assert not list(little.root.glob(".kata.sqlite*"))
    assert "kata solution" not in run.stdout
    assert sorted(submission.rglob("*")) == before


def test_names_the_students_file_and_the_whole_command(little, submission):
    path = submission / "exercises" / "times" / "double.py"
    path.write_text(WRONG)
    run = little.pytest("exercises/times", "--submission", submission, "--device", "cpu", "-vv")
    assert "exercises/times/double.py::multiplies[cpu] <- ../ann/exercises/times/" in run.stdout
    assert "\n../ann/exercises/times/double.py:4, on cpu\n" in run.stdout
    assert (
        'again: pytest "exercises/times/double.py::multiplies[cpu]" --submission=../ann\n'
    ) in run.stdout
    assert "next:   ../ann/exercises/times/double.py:4\n" in run.stdout


@pytest.mark.parametrize(
    "place",
    [
        "exercises/times/double.py",
        "times/double.py",
        "double.py",
        "ann/exercises/times/double.py",
        "ann/times/double.py",
        "ann/double.py",
    ],
)
def test_finds_the_files_where_students_put_them(little, tmp_path, place):
    path = tmp_path / "submission" / place
    path.parent.mkdir(parents=True)
    shutil.copy(little.solution("times/double"), path)
    run = little.pytest(
        "exercises/times/double.py", "--submission", tmp_path / "submission", "--device", "cpu"
    )
    assert run.returncode == 0, run.stdout
    assert f"../submission/{place} @ " in run.stdout


@pytest.mark.parametrize(
    ("arguments", "came_out"),
    [
        (["exercises", "-n", "2"], "1 passed, 2 missing in"),
        (["exercises", "-k", "double"], "1 passed, 2 deselected in"),
        (["exercises/times/double.py::multiplies[cpu]"], "1 passed in"),
        (["exercises/times/triple.py::multiplies[cpu]"], "1 missing in"),
    ],
)
def test_works_with_the_ways_to_choose(little, submission, arguments, came_out):
    run = little.pytest(*arguments, "--submission", submission, "--device", "cpu")
    assert came_out in run.stdout


def test_works_with_last_failed(little, submission):
    (submission / "exercises" / "times" / "double.py").write_text(WRONG)
    (submission / "exercises" / "times" / "triple.py").write_text(
        little.solution("times/triple").read_text()
    )
    chosen = ["exercises/times", "--submission", submission, "--device", "cpu"]
    assert "1 failed, 1 passed in" in little.pytest(*chosen).stdout
    run = little.pytest(*chosen, "--lf")
    assert "1 failed in" in run.stdout.replace(", 1 deselected", "")
    assert "triple" not in run.stdout


def test_writes_the_verdicts_of_what_was_submitted(little, submission):
    run = little.pytest("exercises", "--submission", submission, "--kata-json", "verdicts.json")
    assert run.returncode == 1
    document = json.loads((little.root / "verdicts.json").read_text())
    told = [(each["exercise"], each["path"], each["state"]) for each in document["exercises"]]
    assert told == [("times/double", "../ann/exercises/times/double.py", "solved")]


def test_takes_the_folder_from_where_it_is_called(little, submission):
    run = little.pytest(
        little.root / "exercises/times", "--submission", ".", "--device", "cpu", cwd=submission
    )
    assert "exercises/times/double.py @ " in run.stdout


def test_runs_nothing_of_the_submission_but_its_exercises(little, submission):
    for name in ("conftest.py", "torch.py", "exercises/conftest.py", "exercises/times/conftest.py"):
        (submission / name).write_text("raise SystemExit('this was run')")
    (submission / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    run = little.pytest("exercises/times/double.py", f"--submission={submission}")
    assert run.returncode == 0, run.stdout


def test_refuses_to_go_on_where_pytest_has_run_a_conftest(little, submission):
    (submission / "conftest.py").write_text("")
    run = little.pytest("exercises/times/double.py", "--submission", submission, "--device", "cpu")
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert run.stdout.strip() == (
        f"ERROR: --submission '{submission}': pytest has run a conftest.py of it. "
        "Write --submission=DIR, as one word: then it does not."
    )


def test_follows_no_link(little, submission):
    (submission / "exercises" / "times" / "triple.py").symlink_to(little.solution("times/triple"))
    run = little.pytest("exercises/times", "--submission", submission, "--device", "cpu")
    assert MISSING in run.stdout


def test_a_hostile_name_stays_a_name(little, submission):
    named = submission.with_name("$(touch own)\x1b[31m\n; touch own")
    (submission / "exercises" / "times" / "double.py").write_text(WRONG)
    submission.rename(named)
    run = little.pytest("exercises/times", "--submission", named, "--device", "cpu", "-v")
    assert "\x1b" not in run.stdout
    assert "\n../$(touch own)\\x1b[31m\\n; touch own/exercises/times/double.py:4, on cpu\n" in (
        run.stdout
    )
    assert "--submission='../$(touch own)\\x1b[31m\\n; touch own'\n" in run.stdout


def test_refuses_what_is_no_submission(little, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "ann.zip").write_bytes(b"PK")
    (tmp_path / "double.py").write_text(WRONG)
    for name in ("ann", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "double.py").write_text(WRONG)
    refusals = {
        "nowhere": "can't be read: No such file or directory. Name the folder of a submission.",
        "empty": "holds no file of an exercise. Expected is exercises/TOPIC/NAME.py, "
        "TOPIC/NAME.py or NAME.py, at most one folder deeper.",
        "ann.zip": "is an archive: unpack it first, and name the folder.",
        "double.py": "is a file: name the folder that holds it.",
        "class": "holds several submissions: 'ann', 'bob'. Name the folder of one.",
    }
    for name, refusal in refusals.items():
        run = little.pytest("exercises/times", "--submission", tmp_path / name)
        assert run.returncode == pytest.ExitCode.USAGE_ERROR
        assert run.stdout.strip() == f"ERROR: --submission '{tmp_path / name}': {refusal}"


def test_the_help_says_what_it_takes(little):
    run = little.pytest("--help")
    told = " ".join(run.stdout.split())
    assert "--submission=DIR judge the files of the submission in DIR in place of those in" in told
    assert "without a sandbox and without keeping progress" in told
