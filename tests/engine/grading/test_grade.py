"""`kata grade` on real classes: what comes out, what is judged again, what happens on the way."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from torchkata.grading.gradebook.book import Gradebook

ROOT = Path(__file__).parents[3]
SOLVED = "def {name}(x):\n    return x * {factor}\n"
WRONG = "def {name}(x):\n    return x.clone()\n"
FACTORS = {"double": 2, "triple": 3, "fivefold": 5}


class Class:
    """Students of the little suite, and `kata grade` over them."""

    def __init__(self, clone):
        self.clone = clone
        self.folder = clone.root.parent / "class"
        self.out = clone.root.parent / "grades"
        self.assignment = clone.root.parent / "assignment.toml"
        self.assignment.write_text('title = "Week 1"\nseed = 7\nlimit = 4\ndevices = ["cpu"]\n')

    def hands_in(self, student, text=SOLVED, *names):
        for name in names or ("double",):
            path = self.folder / student / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(name=name, factor=FACTORS[name]))

    def command(self, *options):
        kata = str(Path(sys.executable).with_name("kata"))
        graded = [str(self.folder), "--out", str(self.out), "--assignment", str(self.assignment)]
        return [kata, "grade", *graded, *options]

    def grade(self, *options, **environment):
        return self.clone.run(*self.command(*options), **environment)

    def rows(self):
        with (self.out / "grades.csv").open() as file:
            return {row["id"]: row for row in csv.DictReader(file)}

    def content(self):
        with Gradebook.open(self.out) as gradebook:
            return list(gradebook.content())


@pytest.fixture
def pupils(little):
    return Class(little)


def test_a_class_gets_its_points_and_its_feedback(pupils):
    pupils.hands_in("ada", SOLVED, *FACTORS)
    pupils.hands_in("bob", WRONG, "double")
    pupils.hands_in("bob", SOLVED, "triple")
    (pupils.folder / "bob/conftest.py").write_text("raise SystemExit")
    roster = pupils.folder.parent / "roster.csv"
    roster.write_text("id,name,email\nada,Ada L,ada@x.org\nbob,Bob,\ncyd,Cyd,\n")
    done = pupils.grade("--roster", str(roster))
    grades = pupils.out / "grades.csv"
    assert done.stdout == f"2 to judge\n4 solved, 1 failing; grades in {grades}\n"
    assert done.returncode == 0
    rows = pupils.rows()
    assert {key: row["points"] for key, row in rows.items()} == {"ada": "3", "bob": "1", "cyd": "0"}
    told = (pupils.out / "feedback/bob.md").read_text()
    assert "**1 of 3 points**" in told
    assert "Nothing is multiplied." in told
    assert "Submitted: `bob`" in told
    assert str(pupils.folder.parent) not in told
    assert "Nothing was submitted." in (pupils.out / "feedback/cyd.md").read_text()
    folder = pupils.folder.parent / "similar"
    done = pupils.clone.kata("export", "dolos", str(pupils.out), "-o", str(folder))
    assert done.returncode == 0, done.stdout
    files = {str(path.relative_to(folder)) for path in folder.rglob("*.py")}
    assert files >= {"times/triple/stub.py", "times/triple/submissions/bob.py"}


def test_only_what_has_changed_is_judged_again(pupils):
    for name in ("ada", "bob"):
        pupils.hands_in(name, SOLVED, "double", "triple")
    assert "2 to judge\n" in pupils.grade().stdout
    before = pupils.content()
    assert "0 to judge; 2 have not changed\n" in pupils.grade().stdout
    assert pupils.content() == before
    pupils.hands_in("bob", WRONG, "triple")
    assert "1 to judge; 1 have not changed\n1 failing;" in pupils.grade().stdout
    assert pupils.rows()["bob"]["points"] == "1"
    test = pupils.clone.root / "tests/times/test_double.py"
    test.write_text(test.read_text() + "\n")
    assert "2 to judge\n2 solved;" in pupils.grade().stdout  # triple is not
    (pupils.folder / "ada/triple.py").unlink()
    assert "0 to judge; 2 have not changed\n" in pupils.grade().stdout
    assert pupils.rows()["ada"]["points"] == "1"
    pupils.assignment.write_text('seed = 8\ndevices = ["cpu"]\n')
    assert "2 to judge\n2 solved, 1 failing;" in pupils.grade().stdout


def seeds(pupils):
    """The seed of each result, by student and exercise."""
    exported = pupils.folder.parent / "all.jsonl"
    pupils.clone.kata("export", "jsonl", str(pupils.out), "-o", str(exported))
    students = map(json.loads, exported.read_text().splitlines())
    return {
        (each["student"]["id"], part["exercise"].rpartition("/")[2]): part["seed"]
        for each in students
        for part in each["exercises"]
        if part["seed"] is not None
    }


def test_a_resubmission_is_judged_on_new_inputs_where_the_assignment_says_so(pupils):
    pupils.assignment.write_text('seed = 7\ndevices = ["cpu"]\nreseed = true\n')
    for name in ("ada", "bob"):
        pupils.hands_in(name, WRONG, "double", "triple")
    pupils.grade()
    assert set(seeds(pupils).values()) == {7}
    pupils.hands_in("ada", SOLVED, "double")
    pupils.hands_in("bob", SOLVED, "triple")
    assert "2 to judge\n2 solved;" in pupils.grade().stdout
    second = seeds(pupils)
    new = second["ada", "double"]
    assert new != 7
    assert second == {
        ("ada", "double"): new,
        ("ada", "triple"): 7,
        ("bob", "double"): 7,
        ("bob", "triple"): new,
    }
    # What is judged again for another reason keeps its inputs.
    test = pupils.clone.root / "tests/times/test_double.py"
    test.write_text(test.read_text() + "\n")
    pupils.grade()
    pupils.clone.kata("regrade", "ada", "--out", str(pupils.out))
    assert seeds(pupils) == second
    # What is taken back has been seen all the same; the next resubmission has other inputs.
    (pupils.folder / "bob/double.py").unlink()
    pupils.grade()
    pupils.hands_in("bob", SOLVED, "double")
    pupils.hands_in("ada", WRONG, "double")
    pupils.grade()
    third = seeds(pupils)
    assert third["bob", "double"] == third["ada", "double"]
    assert third["bob", "double"] not in (7, new)
    pupils.assignment.write_text('seed = 7\ndevices = ["cpu"]\n')
    pupils.grade()
    assert set(seeds(pupils).values()) == {7}


def test_a_killed_grading_of_resubmissions_goes_on_with_the_same_inputs(pupils):
    pupils.assignment.write_text('seed = 7\ndevices = ["cpu"]\nreseed = true\n')
    for number in range(8):
        pupils.hands_in(f"s{number}", WRONG, "double")
    pupils.grade()
    before = shutil.copytree(pupils.out, pupils.out.with_name("before"))
    for number in range(8):
        pupils.hands_in(f"s{number}", SOLVED, "double")
    pupils.grade()
    undisturbed = pupils.content()
    shutil.rmtree(pupils.out)
    shutil.copytree(before, pupils.out)
    process = subprocess.Popen(pupils.command("--quiet"), cwd=pupils.clone.root)
    while process.poll() is None and resubmitted(pupils.out) < 2:
        time.sleep(0.005)
    process.kill()
    process.wait()
    pupils.grade()
    assert pupils.content() == undisturbed


def resubmitted(folder):
    with Gradebook.open(folder) as gradebook:
        return sum(each["times/double"].draw > 0 for each in gradebook.judged().values())


def test_an_override_is_kept_through_a_regrade(pupils):
    pupils.hands_in("ada", WRONG)
    pupils.hands_in("bob", WRONG)
    pupils.grade()
    out = ("--out", str(pupils.out))
    done = pupils.clone.kata("override", "ada", "double", "0.5", "--reason", "In the lab.", *out)
    assert (done.stdout, done.returncode) == ("ada: times/double: 0.5 points.\n", 0)
    assert pupils.rows()["ada"]["points"] == "0.5"
    done = pupils.clone.kata("regrade", "ada", *out)
    assert done.stdout.startswith("1 to judge\n1 failing;")
    assert (pupils.rows()["ada"]["points"], pupils.rows()["bob"]["points"]) == ("0.5", "0")
    assert "In the lab." in (pupils.out / "feedback/ada.md").read_text()
    done = pupils.clone.kata("override", "ada", "double", "--remove", *out)
    assert done.stdout == "ada: times/double: as computed points.\n"
    assert pupils.rows()["ada"]["points"] == "0"
    done = pupils.clone.kata("regrade", "adda", *out)
    assert (
        done.stdout == f"Error: There is no student 'adda' in {pupils.out}. Did you mean 'ada'?\n"
    )
    assert done.returncode == 2


def test_the_result_depends_on_neither_workers_nor_order(pupils):
    for number in range(6):
        pupils.hands_in(f"s{number}", [SOLVED, WRONG][number % 2], *FACTORS)
    pupils.grade("--workers", "1")
    alone = pupils.content()
    shutil.rmtree(pupils.out)
    pupils.grade("--workers", "3")
    assert pupils.content() == alone


def test_a_killed_grading_goes_on_to_the_same_result(pupils):
    for number in range(12):
        pupils.hands_in(f"s{number:02}", [SOLVED, WRONG][number % 2], "double", "triple")
    pupils.grade()
    undisturbed = pupils.content()
    shutil.rmtree(pupils.out)
    database = pupils.out / "gradebook.sqlite"
    for written in (1, 4, 7):
        process = subprocess.Popen(pupils.command("--quiet"), cwd=pupils.clone.root)
        while process.poll() is None and judged(database) < written:
            time.sleep(0.005)
        process.kill()
        process.wait()
    assert judged(database) < 12
    pupils.grade()
    assert pupils.content() == undisturbed


def judged(database):
    if not database.exists():
        return 0
    try:
        with Gradebook.open(database.parent) as gradebook:
            return len(gradebook.judged())
    except Exception:  # it is being made
        return 0


def test_an_interrupt_says_how_to_go_on(pupils):
    for number in range(8):
        pupils.hands_in(f"s{number}", "def {name}(x):\n    while True: pass\n")
    process = subprocess.Popen(
        pupils.command("--workers", "1"),
        cwd=pupils.clone.root,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while judged(pupils.out / "gradebook.sqlite") < 1:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "of 8 are judged and written down. The same command goes on.\n" in said
    assert "Traceback" not in said
    assert process.returncode == 130


def test_an_endless_loop_costs_its_own_limit_alone(pupils):
    pupils.hands_in("ada", "def {name}(x):\n    while True: pass\n", "double")
    pupils.hands_in("ada", SOLVED, "triple")
    pupils.hands_in("bob")
    done = pupils.grade()
    assert "2 solved, 1 failing, 1 flagged;" in done.stdout
    rows = pupils.rows()
    assert (rows["ada"]["times/triple"], rows["bob"]["times/double"]) == ("1", "1")
    assert rows["ada"]["flags"] == "times/double: time"


def test_an_exercise_that_is_broken_is_nobodys_fault(pupils):
    pupils.hands_in("ada", SOLVED, "double", "triple")
    test = pupils.clone.root / "tests/times/test_double.py"
    right = test.read_text()
    test.write_text("import nothing_of_this_name\n")
    done = pupils.grade()
    assert done.stdout.endswith("1 could not be judged; the same command tries again.\n")
    assert done.returncode == 3
    assert pupils.rows()["ada"]["problem"] == "not all could be judged"
    test.write_text(right)
    assert pupils.grade().returncode == 0
    assert pupils.rows()["ada"]["points"] == "2"


def test_wrong_use_is_told_before_anything_runs(pupils):
    pupils.hands_in("ada")
    pupils.assignment.write_text('topics = ["tims"]\n')
    done = pupils.grade()
    assert done.stdout == (
        f"Error: {pupils.assignment}:1: topics: There is no topic 'tims'. Did you mean times?\n"
    )
    assert done.returncode == 2
    assert not pupils.out.exists()


def test_cuda_is_refused_where_there_is_none(pupils):
    if torch.cuda.is_available():
        pytest.skip("there is one here")
    pupils.hands_in("ada")
    pupils.assignment.write_text('devices = ["cpu", "sim", "cuda"]\n')
    done = pupils.grade()
    assert done.stdout == (
        "Error: The assignment has cuda among its devices, and torch sees no CUDA device on this "
        "machine: grade on one that has, or take cuda out.\n"
    )
    assert done.returncode == 2
    assert not pupils.out.exists()


def test_without_a_sandbox_nothing_runs_unless_that_is_asked_for(pupils):
    pupils.hands_in("ada")
    bare = {"PATH": str(pupils.clone.root)}
    # Root without its rights: with them, workers would have users of their own.
    without = (shutil.which("setpriv"), "--bounding-set=-chown") if os.geteuid() == 0 else ()
    lacking = "this root lacks some, or other users" if without else "there are none here"
    done = pupils.clone.run(*without, *pupils.command(), **bare)
    missing = (
        "Student code is not kept from everything here:\n"
        "  sandbox: there is none: the program bwrap, bubblewrap, is not installed "
        "(`apt-get install bubblewrap`)\n"
        f"  users: a user of its own for each worker takes root's rights, and {lacking} (Be root, "
        "as in a container, or grade where namespaces are allowed)\n"
    )
    assert done.stdout == missing + (
        "Error: Nothing was run. --unsandboxed goes on all the same: only for code that you trust."
        "\n"
    )
    assert done.returncode == 2
    assert not pupils.out.exists()
    done = pupils.clone.run(*without, *pupils.command("--unsandboxed"), **bare)
    assert done.stdout.startswith(missing)
    assert pupils.rows()["ada"]["points"] == "1"
    run = json.loads(pupils.content()[0])["run"]
    assert run["tier"] == "none"
    assert run["unprotected"][0].startswith("sandbox: ")


def test_nothing_is_left_running(pupils):
    pupils.hands_in("ada")
    pupils.grade(KATA_TEST=str(pupils.out))
    mark = f"KATA_TEST={pupils.out}\0".encode()
    assert not [each for each in Path("/proc").glob("[0-9]*") if mark in environment(each)]


def environment(process):
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""


def test_a_dry_run_lists_what_would_be_judged_and_judges_nothing(pupils):
    pupils.hands_in("ada", SOLVED, "double")
    (pupils.folder / "ada/notes.txt").write_text("")
    (pupils.folder / "bob.7z").write_bytes(b"7z\xbc\xaf")
    (pupils.folder / "README.md").write_text("")
    roster = pupils.folder.parent / "roster.csv"
    roster.write_text("id\nada\ncyd\n")
    done = pupils.clone.kata("grade", str(pupils.folder), "--roster", str(roster), "--dry-run")
    bob = "bob.7z is a 7z archive, which is not read: unpack it, and pack a zip."
    assert done.stdout == (
        f"ada  ({pupils.folder}/ada)\n"
        "  times/double: double.py\n"
        "  left aside: notes.txt: no file of an exercise\n"
        f"bob  ({pupils.folder}/bob.7z)\n"
        f"  not read: {bob}\n"
        f"  left aside: bob.7z: {bob}\n"
        "  to know: No student of the roster is called so.\n"
        "  to look at: No student of the roster is called so.\n"
        "cyd\n"
        "  nothing submitted\n"
        "of no student\n"
        f"  left aside: {pupils.folder}/README.md: among submissions, of no student\n"
        "3 students, 1 file taken, 3 not.\n"
        "Nothing was judged.\n"
    )
    assert (done.returncode, pupils.out.exists()) == (0, False)
    done = pupils.grade("--roster", str(roster), "--quiet")
    assert done.stdout == f"bob: {bob}\nbob: No student of the roster is called so.\n"
    assert pupils.rows()["bob"]["flags"] == "handed in"


def test_a_dry_run_goes_by_the_assignment(pupils):
    pupils.hands_in("ada", SOLVED, "double")
    assignment = pupils.folder.parent / "week.toml"
    assignment.write_text('exercises = ["triple"]\n')
    dry = ("grade", str(pupils.folder), "--assignment", str(assignment), "--dry-run")
    said = pupils.clone.kata(*dry).stdout
    beside = "(not judged: the assignment does not ask for it)"
    assert f"  times/double: double.py {beside}\n" in said
    assignment.write_text("exercises = 3\n")
    done = pupils.clone.kata(*dry)
    assert done.returncode == 2
    assert "exercises is 3" in done.stdout


def test_where_no_solution_is_judged_nothing_is(pupils):
    for name in ("ada", "bob"):
        pupils.hands_in(name)
    test = pupils.clone.root / "tests/times/test_double.py"
    test.write_text("import nothing_of_this_name\n")
    done = pupils.grade()
    assert done.returncode == 3
    said = done.stdout.splitlines()
    assert said[0] == "2 to judge"
    assert said[1].startswith(
        "Error: Nothing can be judged here: not even a solution comes out as solved. "
        "times/double: The exercise itself is broken."
    )
    assert "nothing_of_this_name" in said[-1]
    assert len(said) == 2
    assert judged(pupils.out / "gradebook.sqlite") == 0


def test_an_engine_from_elsewhere_judges_too(pupils, tmp_path):
    engine = tmp_path / "engine"
    shutil.copytree(ROOT / "torchkata", engine / "torchkata")
    pupils.hands_in("ada")
    program = "from torchkata.command.cli import main; main()"
    python = [sys.executable, "-c", program, *pupils.command()[1:]]
    done = pupils.clone.run(*python, PYTHONPATH=str(engine))
    assert done.stdout.startswith("1 to judge\n1 solved;"), done.stdout


def test_what_the_system_refuses_is_named_and_has_a_status_of_its_own(pupils):
    pupils.hands_in("ada")
    pupils.grade()
    grades = pupils.out / "feedback"
    shutil.rmtree(grades)
    grades.write_text("")
    done = pupils.grade("--quiet")
    assert (done.stdout, done.returncode) == (f"Error: {grades}: File exists.\n", 4)


def test_overrides_are_read_in_bulk_all_or_none(pupils):
    for name in ("ada", "bob"):
        pupils.hands_in(name, WRONG)
    pupils.grade("--quiet")
    table = pupils.folder.parent / "overrides.csv"
    command = ("override", "--from", str(table), "--out", str(pupils.out))
    head = "student,exercise,points,reason\n"
    for line, says in {
        "bob,double,2,Nearly.": "An override of 2 points can't be: times/double has 1.",
        "bob,double,1,": "An override needs a reason: the student reads it.",
        "bob,double,one,Nearly.": "'one' is no number of points.",
        "eve,double,1,Nearly.": f"There is no student 'eve' in {pupils.out}.",
    }.items():
        table.write_text(f"{head}ada,double,1,Shown.\n{line}\n")
        done = pupils.clone.kata(*command)
        assert done.stdout == f"Error: {table}, line 3: {says}\n"
        assert done.returncode == 2
        assert pupils.rows()["ada"]["points"] == "0"
    table.write_text(f"{head}ada,double,1,Shown.\nbob,times/double,0.5,Nearly.\n")
    done = pupils.clone.kata(*command)
    told = "ada: times/double: 1 points.\nbob: times/double: 0.5 points.\n"
    assert (done.stdout, done.returncode) == (told, 0)
    assert {key: row["points"] for key, row in pupils.rows().items()} == {"ada": "1", "bob": "0.5"}
    table.write_text(f"{head}ada,double,,\n")
    assert pupils.clone.kata(*command).stdout == "ada: times/double: as computed points.\n"
    assert pupils.rows()["ada"]["points"] == "0"
    table.write_text("name,points\n")
    assert pupils.clone.kata(*command).stdout == (
        f"Error: {table}: there is no column 'student'. The first line must be "
        "student,exercise,points,reason.\n"
    )
