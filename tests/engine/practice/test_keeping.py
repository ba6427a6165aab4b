"""What a pytest run keeps and closes with: progress, the closing lines, lessons."""

import json
import os
import re
import sys

import pytest

RIGHT = "def {name}(x):\n    return x * {factor}\n"
LESSON = ["take along: A number is broadcast.", "the reference: No loop is needed."]


def closing(run):
    """The closing lines, without the hash of a file."""
    text = re.search(r"= katas =+\n(.*?)\n=", run.stdout, re.DOTALL)[1]
    return re.sub(r"@ [0-9a-f]{7}", "@ HASH", text).split("\n")


def states(clone):
    """Each exercise's state, as the command that a learner asks tells it."""
    program = (
        "import json; from pathlib import Path; from torchkata.practice.progress import standings;"
        "from torchkata.suite.curriculum import read_suite;"
        "print(json.dumps({each.exercise.name: each.state for each in"
        " standings(read_suite(Path.cwd()))}))"
    )
    return json.loads(clone.run(sys.executable, "-c", program).stdout)


def test_only_a_full_run_makes_solved(little):
    little.solve("times/double")
    path = "exercises/times/double.py"
    for arguments in (
        ["--device", "cpu"],
        ["-k", "multiplies and cpu"],
        [f"{path}::multiplies[cpu]"],
    ):
        run = (
            little.pytest(path, *arguments) if arguments[0][0] == "-" else little.pytest(*arguments)
        )
        assert run.returncode == 0
        assert closing(run) == [
            f"{path} @ HASH: 1 of 2 checks ran, and pass",
            "solved: 0 of 1",
            "next:   kata check double, which runs all its checks",
        ]
        assert states(little)["double"] == "begun"
    run = little.pytest(path)
    assert closing(run)[:2] == [f"{path} @ HASH: solved, all 2 checks pass", "solved: 1 of 1"]
    assert states(little) == {"double": "solved", "triple": "todo", "fivefold": "todo"}


def test_one_check_that_runs_twice_is_one_check(little):
    little.solve("times/double")
    node = "exercises/times/double.py::multiplies[cpu]"
    run = little.pytest("-p", "no:randomly", "-n2", "--dist=each", node)
    assert "2 passed" in run.stdout
    assert states(little)["double"] == "begun"


def test_a_partial_run_that_fails_makes_failing_and_one_that_passes_changes_nothing(little):
    little.solve("times/double")
    little.pytest("exercises/times/double.py")
    little.pytest("exercises/times/double.py", "--device", "cpu")
    assert states(little)["double"] == "solved"
    little.write("times/double", "def double(x):\n    return x\n")
    little.pytest("exercises/times/double.py", "--device", "cpu")
    assert states(little)["double"] == "failing"


def test_a_solved_exercise_that_an_edit_breaks_is_failing(little):
    little.solve("times/double", "times/triple", "more/fivefold")
    little.pytest("exercises")
    assert set(states(little).values()) == {"solved"}
    little.write("times/double", "# an edit\n" + RIGHT.format(name="double", factor=3))
    assert states(little)["double"] == "begun"
    run = little.pytest("exercises")
    assert states(little) == {"double": "failing", "triple": "solved", "fivefold": "solved"}
    assert closing(run)[-2:] == ["next:   exercises/times/double.py:2", "hint:   kata hint double"]
    shown = little.kata().stdout
    assert "2 of 3" in shown
    assert "double.py:2" in shown


def test_the_bytes_that_were_judged_are_what_is_written_down(little):
    text = (
        "from pathlib import Path\nPath(__file__).write_text('def double(x):\\n    return x\\n')\n"
    ) + RIGHT.format(name="double", factor=2)
    little.write("times/double", text)
    run = little.pytest("exercises/times/double.py")
    assert "solved: 1 of 1" in run.stdout
    assert states(little)["double"] == "begun", "what the file holds now was not judged"


def test_a_broken_off_run_keeps_what_it_has(little):
    little.write("times/double", "def double(x):\n    return x\n")
    little.solve("times/triple")
    run = little.pytest("exercises", "-x")
    assert "solved: 0 of 1" in run.stdout
    assert states(little) == {"double": "failing", "triple": "begun", "fivefold": "todo"}


def test_progress_is_the_same_in_parallel(little):
    little.write("times/double", "def double(x):\n    return x\n")
    little.solve("times/triple")
    little.pytest("exercises", "-n2")
    assert states(little) == {"double": "failing", "triple": "solved", "fivefold": "todo"}


def test_the_lesson_of_one_exercise_comes_at_every_pass(little):
    little.solve("times/double")
    for _ in range(2):
        run = little.pytest("exercises/times/double.py")
        assert closing(run)[2:] == ["beside yours: kata solution double", *LESSON]


def test_among_several_only_what_is_solved_for_the_first_time_has_a_lesson(little):
    little.solve("times/double")
    run = little.pytest("exercises")
    assert closing(run)[-3:] == ["beside yours: kata solution double", *LESSON]
    little.solve("times/triple", "more/fivefold")
    run = little.pytest("exercises")
    lessons = [f"beside yours: kata solution {name}" for name in ("triple", "fivefold")]
    assert closing(run)[4:] == [lessons[0], *LESSON, lessons[1], *LESSON]
    run = little.pytest("exercises")
    assert closing(run)[-1] == "solved: 3 of 3"


def test_many_lessons_are_one_line(clone):
    keys = ["indexing/one_hot", "indexing/gather_selection", "memory/sharing", "optim/sgd_update"]
    clone.solve(*keys)
    run = clone.pytest(*(f"exercises/{key}.py" for key in keys))
    assert closing(run)[-1] == (
        "`kata solution NAME` shows what to take along, and the reference beside yours."
    )
    assert "take along:" not in run.stdout


def test_lessons_have_at_most_80_columns(clone):
    clone.solve("indexing/one_hot")
    run = clone.pytest("exercises/indexing/one_hot.py")
    lines = closing(run)
    assert lines[2] == "beside yours: kata solution one_hot"
    assert lines[3].startswith("take along: scatter_ is the opposite of gather")
    assert max(map(len, lines)) <= 80


def test_where_progress_can_not_be_kept_the_run_says_so_and_judges(little):
    little.solve("times/double")
    (little.root / ".kata.sqlite").symlink_to(little.root / "nowhere" / "file")
    run = little.pytest("exercises/times/double.py")
    assert run.returncode == 0
    assert closing(run)[1:] == [
        "solved: 1 of 1",
        "beside yours: kata solution double",
        *LESSON,
        f"progress is not kept: {little.root}/.kata.sqlite, which keeps your progress, can't be "
        "used: unable to open database file. See that it and its folder can be written to and no "
        "other command hangs.",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_clone_is_judged(little):
    little.solve("times/double")
    folders = [little.root, *(each for each in little.root.rglob("*") if each.is_dir())]
    for each in folders:
        each.chmod(0o555)
    run = little.pytest("exercises/times/double.py", PYTHONDONTWRITEBYTECODE="1")
    for each in folders:
        each.chmod(0o755)
    assert run.returncode == 0
    assert "progress is not kept:" in run.stdout
    assert "solved, all 2 checks pass" in run.stdout
