"""An exercise that needs what is not installed is set aside: neither solved nor to do."""

import pytest

from torchkata.grading.intake.assignment import AssignmentError, read_assignment, whole_suite
from torchkata.suite.curriculum import read_suite

REQUIRES = '[times.requires.triple]\nmodules = ["no_such_thing"]\nextra = "more"\n'
WHY = "needs no_such_thing, which is not installed: `pip install -e '.[more]'`"


@pytest.fixture
def lacking(little):
    """A suite of three exercises, of which times/triple can't be judged here."""
    path = little.root / "exercises/curriculum.toml"
    first, _, rest = path.read_text().partition("[more]")
    path.write_text(f"{first}{REQUIRES}[more]{rest}")
    return little


def one_line(text):
    return " ".join(text.split())


def test_practice_says_so_in_one_line_and_passes(lacking):
    lacking.solve("times/double", "more/fivefold")
    run = lacking.pytest("exercises")
    assert run.returncode == 0, run.stdout
    assert f"times/triple {WHY}" in run.stdout.splitlines()
    assert "solved: 2 of 2" in run.stdout


def test_workers_say_so_too(lacking):
    lacking.solve("times/double")
    run = lacking.pytest("exercises/times", "-n2")
    assert run.returncode == 0, run.stdout
    assert run.stdout.count(f"times/triple {WHY}") == 1


def test_the_self_check_skips_it(lacking):
    run = lacking.pytest("tests/times/test_triple.py", "-rs")
    assert run.returncode == 0, run.stdout
    assert f"times/triple {WHY}" in one_line(run.stdout)
    assert "1 skipped" in run.stdout


def test_it_is_neither_solved_nor_next(lacking):
    lacking.solve("times/double")
    assert lacking.kata("check", "--all").returncode == 1
    assert "next:  fivefold" in lacking.kata("next").stdout
    shown = one_line(lacking.kata().stdout)
    assert "total 1 of 2" in shown
    assert f"set aside: triple {WHY}" in shown
    assert "triple" not in lacking.kata("list", "--todo").stdout
    assert "aside triple" in one_line(lacking.kata("list").stdout)
    lacking.solve("more/fivefold")
    lacking.kata("check")
    assert lacking.kata("next").stdout == "All 2 exercises are solved.\n"


def test_watch_refuses_it(lacking):
    run = lacking.kata("watch", "triple")
    assert run.returncode == 1
    assert one_line(run.stdout) == f"Error: triple {WHY}"


def test_grading_leaves_it_out_and_refuses_its_name(lacking, tmp_path):
    suite = read_suite(lacking.root)
    others = ["times/double", "more/fivefold"]
    assert [each.exercise for each in whole_suite(suite).exercises] == others
    path = tmp_path / "assignment.toml"
    path.write_text('topics = ["times"]\n')
    assert [each.exercise for each in read_assignment(path, suite).exercises] == others[:1]
    path.write_text('exercises = ["triple"]\n')
    with pytest.raises(AssignmentError) as refused:
        read_assignment(path, suite)
    assert str(refused.value) == f"{path}:1: exercises: times/triple {WHY}"
