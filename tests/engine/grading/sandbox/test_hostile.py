"""Each threat as submissions, graded by the real `kata grade` with honest ones between them."""

import ast
import csv
import fcntl
import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.grading.sandbox import container, watchful
from tests.engine.grading.sandbox.hostile_files import ANOTHER, MADE
from torchkata.grading.gradebook.book import Gradebook

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[4]
SETTINGS = {"limit": 2, "memory": 512, "seed": 7_340_021}
NOBODY = 65534
VERDICTS = ("solved", "zero", "nothing", "passes")
FLAGS = {"tampering", "time", "memory", "crash", "refused"}

WRONG = "\n\ndef one_hot(labels, num_classes, dtype=None):\n    return labels + num_classes\n"

# Orphans become its children, so it knows of each process that the command leaves.
REAPER = """
import ctypes, glob, json, os, signal, subprocess, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
status = subprocess.run(sys.argv[2:]).returncode
class Late(Exception): pass
def ring(*_): raise Late
signal.signal(signal.SIGALRM, ring)
signal.alarm(30)
left = []
try:
    while True:
        os.waitpid(-1, 0)
except ChildProcessError:
    pass
except Late:
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            name, _, rest = open(path).read().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == os.getpid():
            left.append(name)
            os.kill(int(path.split("/")[2]), signal.SIGKILL)
with open(sys.argv[1], "w") as file:
    json.dump(left, file)
sys.exit(status)
"""

# A container's shared folders end with it: what a run has left there is told before that.
LISTED = """
list() { ls -A /tmp /dev/shm /var/tmp; }
list > "$0/shared-before"; "$@"; status=$?; list > "$0/shared"; exit $status
"""


@dataclass(frozen=True)
class Program:
    """A hostile file of one exercise, and what its header says must come of it.

    `passes` are the properties that must pass, of `flags` one must be there where there are any.
    """

    name: str
    text: str
    exercise: str
    verdict: str
    passes: frozenset
    flags: frozenset
    slow: bool

    @property
    def line(self):
        return int(self.name[:2])


def read_program(path):
    text = path.read_text()
    header = dict(re.findall(r"^# (exercise|verdict|flag|slow)\b:? ?(.*)$", text, re.MULTILINE))
    verdict, *passes = header["verdict"].split()
    flags = frozenset(header.get("flag", "").split())
    named = frozenset(passes), flags, "slow" in header
    return Program(path.stem, text, header["exercise"], verdict, *named)


PROGRAMS = [read_program(path) for path in sorted((HERE / "hostile").glob("*.py"))]
THREATS = dict(
    line.split(" ", 1) for line in (HERE / "threats.txt").read_text().splitlines() if line
)

each_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda each: each.name)
each_made = pytest.mark.parametrize("made", MADE, ids=lambda each: each.name)


@pytest.mark.parametrize(("number", "threat"), THREATS.items(), ids=THREATS)
def test_each_threat_has_a_submission(number, threat):
    assert [each.name for each in (*PROGRAMS, *MADE) if each.line == int(number)], threat


def test_each_submission_is_of_a_threat():
    numbers = {int(number) for number in THREATS}
    assert numbers == set(range(1, 32))
    assert {each.line for each in (*PROGRAMS, *MADE)} == numbers
    names = [each.name for each in (*PROGRAMS, *MADE)]
    assert len(set(names)) == len(names)


@each_program
def test_each_program_says_what_must_come_of_it(program):
    assert program.text.startswith('"""')
    assert program.verdict in VERDICTS
    assert program.flags <= FLAGS
    assert bool(program.passes) == (program.verdict == "passes")
    assert program.passes < set(properties_of(program.exercise))
    compile(program.text, program.name, "exec", dont_inherit=True)


def properties_of(exercise):
    topic, _, name = exercise.partition("/")
    tree = ast.parse((ROOT / "tests" / topic / f"test_{name}.py").read_text())
    names = [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]
    return [name.removeprefix("test_") for name in names if name.startswith("test_")]


def test_what_is_left_behind_is_found(tmp_path):
    assert list(watchful.files_left([tmp_path])) == []
    (tmp_path / "left_behind_lock").touch()
    assert list(watchful.files_left([tmp_path])) == [f"the file {tmp_path}/left_behind_lock"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("pass", []),
        ("torch.set_default_dtype(torch.float64)", ["settings of torch"]),
        ("torch.set_grad_enabled(False)", ["modes of torch"]),
        ("torch.default_generator.manual_seed(424242)", ["state of torch"]),
        ("torch.equal = lambda *_: True", ["patched functions"]),
        ("os.environ['LEFT_BEHIND'] = '1'", ["environment"]),
        ("os.umask(0o777)", ["a mask"]),
        ("signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))", ["signals"]),
    ],
)
def test_settings_left_behind_are_found(change, found):
    source = (HERE / "watchful.py").read_text()
    done = subprocess.run(
        [sys.executable, "-c", f"{source}\n{change}\nprint(list(settings_left()))"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout == f"{found}\n"


def test_processes_left_behind_are_found():
    name = "import ctypes; ctypes.CDLL(None).prctl(15, b'left_behind'); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        assert "the process left_behind" in list(watchful.processes_left())
        process.kill()


@pytest.fixture(scope="session", params=["root", "ordinary user"])
def graded(request, tmp_path_factory, new_clone):
    """What came of all submissions at once. Processes of one test run share it."""
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("these tests don't run as root")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    kept = shared / f"hostile-{request.param}.json"
    with (shared / "hostile.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            found = grade(tmp_path_factory.mktemp("hostile"), request.param, new_clone)
            kept.write_text(json.dumps(found))
    found = json.loads(kept.read_text())
    if "skipped" in found:
        pytest.skip(found["skipped"])
    return found


def grade(base, who, new_clone, programs=PROGRAMS):
    """Write the class into `base`, grade it and take what there is to see afterwards."""
    clone = new_clone(base / "clone")
    before, at = (), base
    if who == "container":
        before = (*container.inside(sys.base_prefix, sys.prefix, base), "sh", "-c", LISTED, base)
    elif os.geteuid() == 0 and who != "root":
        before, at = (*as_ordinary_user(base), "--"), Path("/mnt")
        probe = [*before, sys.executable, "-c", "import click, torchkata.command.cli"]
        tried = subprocess.run(probe, capture_output=True, text=True, check=False, timeout=60)
        if tried.returncode != 0:
            return {"skipped": f"an ordinary user can't run it here: {tried.stderr.strip()}"}
    write_class(base, clone, programs)
    if at != base:
        for path in (base, *base.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    kata = str(Path(sys.executable).with_name("kata"))

    def run(*command):
        return subprocess.run(
            [*before, *command],
            cwd=clone.root,
            env={**os.environ, "KATA_HOSTILE_SECRET": "0", "HOME": str(at)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300 + 10 * sum(each.slow for each in programs) * SETTINGS["limit"],
            check=False,
        )

    was, there = states(base), appearances()
    with listening() as listeners:
        done = run(
            *(sys.executable, "-c", REAPER, str(at / "left.json")),
            *(kata, "grade", str(at / "class"), str(at / "archives"), "--out", str(at / "out")),
            *("--assignment", str(at / "hostile.toml"), "--workers", "2", "--quiet"),
        )
        knocked = [name for name, listener in listeners if is_knocked_at(listener)]
    if done.returncode != 0 and "--unsandboxed" in done.stdout:
        return {"skipped": f"kata grade refuses here: {done.stdout.strip()}"}
    changed = sorted(name for name, _ in states(base) ^ was)
    found = {
        "status": done.returncode,
        "output": done.stdout,
        "left": json.loads((base / "left.json").read_text()),
        "changed": changed,
        "appeared": sorted(appearances() - there),
        "knocked": knocked,
    }
    exported = run(kata, "export", "jsonl", str(at / "out"), "-o", str(at / "out/all.jsonl"))
    reported = run(kata, "report", str(at / "out"), "-o", str(at / "out/report.html"))
    assert (exported.returncode, reported.returncode) == (0, 0), exported.stdout + reported.stdout
    with (base / "out/all.jsonl").open() as file:
        found["students"] = [json.loads(line) for line in file]
    with (base / "out/grades.csv").open(newline="") as file:
        found["table"] = list(csv.DictReader(file))
    found["page"] = (base / "out/report.html").read_text()
    found["run"] = run_of(base / "out")
    found["feedback"] = len(list((base / "out/feedback").iterdir()))
    return found


def run_of(out):
    with Gradebook.open(out) as gradebook:
        run = gradebook.run()
    return {"tier": run.tier, "unprotected": run.unprotected}


def write_class(base, clone, programs):
    """The submissions, in order: each hostile program, an honest answer, sometimes a wrong one."""
    for name in ("class", "archives"):
        (base / name).mkdir()
    right = clone.solution("indexing/one_hot").read_text()
    for made in MADE:
        made.build(base / ("class" if made.kind == "folder" else "archives"), right)
    watch = (HERE / "watchful.py").read_text()
    ending = "FOUND = left_behind()\nif FOUND:\n    raise RuntimeError(f'left behind: {FOUND}')\n"
    for number, program in enumerate(programs):
        solution = clone.solution(program.exercise).read_text()
        texts = {
            program.name: program.text,
            f"{program.name}_neighbour": f"{solution}\n{watch}\n{ending}# {program.name}\n",
        }
        if number % 4 == 0:
            texts[f"{program.name}_wrong_neighbour"] = f"# {program.name}{WRONG}"
        for name, text in texts.items():
            exercise = program.exercise if "wrong" not in name else "indexing/one_hot"
            path = base / "class" / name / "exercises" / f"{exercise}.py"
            path.parent.mkdir(parents=True)
            path.write_text(text)
    exercises = sorted({each.exercise for each in programs} | {"indexing/one_hot"})
    lines = ['title = "Hostile"', f"exercises = {json.dumps(exercises)}"]
    lines += [f"{key} = {value}" for key, value in SETTINGS.items()]
    (base / "hostile.toml").write_text("\n".join(lines) + "\n")


def as_ordinary_user(base):
    """A command that runs another as an ordinary user, who sees `base` as /mnt.

    That user may not enter the folders where Python and torchkata are: then they are shown anew.
    """
    needed = [Path(each) for each in (sys.base_prefix, sys.prefix, ROOT / "torchkata")]
    needed += [
        Path(each).absolute() for each in os.environ.get("PYTHONPATH", "").split(":") if each
    ]
    shown = []
    closed = []
    for path in needed:
        above = [each for each in reversed(path.parents) if not each.stat().st_mode & 0o001]
        if above and above[0] not in closed:
            closed.append(above[0])
            shown += ["--perms", "0755", "--tmpfs", str(above[0])]
        if above:
            between = [each for each in reversed(path.parents) if above[0] in each.parents]
            for each in between:
                shown += ["--perms", "0755", "--dir", str(each)]
            shown += ["--ro-bind", str(path), str(path)]
    return (
        *("bwrap", "--dev-bind", "/", "/", "--bind", str(base), "/mnt", *shown),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--chdir", "/mnt/clone", "--"),
        *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all"),
    )


@contextmanager
def listening():
    """Listeners of this machine, which nobody in the sandbox may reach. Gives (name, listener).

    Where an address is in use, whoever listens there does as well.
    """
    listeners = []
    for family, address in (
        (socket.AF_UNIX, "\0kata_hostile_listener"),
        *((socket.AF_INET, ("127.0.0.1", port)) for port in range(47001, 47011)),
    ):
        listener = socket.socket(family)
        try:
            listener.bind(address)
        except OSError:
            listener.close()
            continue
        listener.listen()
        listeners.append((str(address), listener))
    yield listeners
    for _, listener in listeners:
        listener.close()


def is_knocked_at(listener):
    listener.setblocking(False)
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def states(base):
    """Each file that is not the run's own, and what tells whether it was touched."""
    found = set()
    for path in base.rglob("*"):
        name = str(path.relative_to(base))
        if not name.startswith(("out", "left.json", "shared")) and "__pycache__" not in name:
            facts = path.lstat()
            is_folder = path.is_dir() and not path.is_symlink()
            changing = 0 if is_folder else facts.st_mtime_ns
            found.add((name, (facts.st_mode, 0 if is_folder else facts.st_size, changing)))
    return found


def appearances():
    """What the programs would leave on this machine, wherever they might reach it."""
    site = sysconfig.get_path("purelib")
    wanted = {*watchful.NAMES, "conftest.py", "torch.py", "numpy.py", "msgspec.py", "pytest.ini"}
    found = set(watchful.ipc_left())
    for folder in (*watchful.FOLDERS, site, ROOT / "torchkata", ROOT / "tests", Path.home(), ROOT):
        with suppress(OSError):
            for name in os.listdir(os.path.expanduser(folder)):
                if "left_behind" in name or name in wanted:
                    found.add(f"{folder}/{name}")
    for path in (ROOT / "torchkata").rglob("*.py"):
        if "# left_behind" in path.read_text():
            found.add(str(path))
    return found


def of(graded, name):
    """The one student of that name."""
    (found,) = [each for each in graded["students"] if each["student"]["id"] == name]
    return found


def result(student, exercise):
    (found,) = [each for each in student["exercises"] if each["exercise"] == exercise]
    return found


def told(found):
    """What the engine says of a result, to be read when a test fails."""
    flags = [f"{each['kind']}: {each['says']}" for each in found["flags"]]
    texts = [each["text"] for each in found["properties"] if each["outcome"] != "passed"]
    return "\n".join([found["standing"], *flags, *texts])[:5000]


@each_program
def test_a_program_gets_the_verdict_it_must_get(graded, program):
    student = of(graded, program.name)
    found = result(student, program.exercise)
    says = f"{THREATS[str(program.line)]}\n{told(found)}"
    passed = {each["name"] for each in found["properties"] if each["outcome"] == "passed"}
    if program.verdict == "solved":
        assert (found["points"], found["standing"]) == (1, "solved"), says
    else:
        assert (found["points"], student["points"]) == (0, 0), says
        assert found["standing"] == "failing", says
    if program.verdict in ("nothing", "passes"):
        assert passed == program.passes, says
    kinds = {each["kind"] for each in found["flags"]}
    assert not program.flags or kinds & program.flags, says


@each_program
def test_the_honest_one_after_it_is_unharmed(graded, program):
    found = result(of(graded, f"{program.name}_neighbour"), program.exercise)
    # What the neighbour looks for leftovers with is itself worth a look.
    flags = [each for each in found["flags"] if each["kind"] != "reach"]
    assert (found["points"], found["standing"], flags) == (1, "solved", []), told(found)


@pytest.mark.parametrize("program", PROGRAMS[::4], ids=lambda each: each.name)
def test_the_wrong_one_after_it_gains_nothing(graded, program):
    found = result(of(graded, f"{program.name}_wrong_neighbour"), "indexing/one_hot")
    assert (found["points"], found["standing"], found["flags"]) == (0, "failing", []), told(found)
    assert {each["outcome"] for each in found["properties"]} == {"failed"}, told(found)


@each_made
def test_a_hostile_file_or_archive_is_told_of(graded, made):
    (student,) = [
        each
        for each in graded["students"]
        if made.tag in each["student"]["id"] or made.tag in each["student"]["name"]
    ]
    found = result(student, "indexing/one_hot")
    refused = [each for each in found["flags"] if each["kind"] == "refused"]
    word = student["problem"] or " ".join(each["says"] for each in refused)
    match made.expected:
        case "solved":
            assert (student["points"], word) == (1, ""), told(found)
        case "nothing":
            assert student["points"] == 0, told(found)
            assert not [each for each in found["properties"] if each["outcome"] == "passed"]
        case "refused":
            assert student["points"] == 0, told(found)
            assert word
        case "told":
            assert bool(word) != (student["points"] == 1), told(found)
    assert "\n" not in word
    assert found["standing"] != "not judged", told(found)


def test_the_run_ends_as_any_other(graded):
    assert graded["status"] == 0
    told = {line.partition(":")[0] for line in graded["output"].splitlines()}
    assert told <= {made.name for made in MADE}, graded["output"]  # of what can't be read


def test_no_process_outlives_the_run(graded):
    assert graded["left"] == []


def test_nothing_is_written_but_to_its_folder(graded):
    assert graded["changed"] == []
    assert graded["appeared"] == []


def test_nobody_comes_out_by_the_network(graded):
    assert graded["knocked"] == []


def test_each_student_is_there_once(graded):
    ids = [each["student"]["id"] for each in graded["students"]]
    assert len(set(ids)) == len(ids)
    assert len(ids) == len(MADE) + 2 * len(PROGRAMS) + len(PROGRAMS[::4])
    assert graded["feedback"] == len(ids)


def test_the_table_says_the_same_and_computes_nothing(graded):
    points = {each["student"]["id"]: each["points"] for each in graded["students"]}
    rows = {row["id"]: row for row in graded["table"]}
    assert len(rows) == len(points)
    for program in PROGRAMS:
        for name in (program.name, f"{program.name}_neighbour"):
            assert float(rows[name]["points"]) == points[name]
    cells = [cell for row in graded["table"] for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_page_holds_no_markup_of_a_student(graded):
    page = graded["page"]
    assert ANOTHER in page
    assert [each for each in ("<script>alert", "<img src=x", "<b onclick") if each in page] == []
