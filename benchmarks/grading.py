"""What grading costs, measured side by side in one run: `python benchmarks/grading.py`.

For each exercise that the suite has, its solution is graded as a submission, on cpu and sim, and
the CPU seconds of judge, zygote and worker are compared with

- one pytest process for each submission: the same properties on the same number of inputs;
- the floor: the properties' functions called on the same inputs in one warm process, with nothing
  that isolates, observes or compares.

`--tiers N` judges N submissions of one exercise behind namespaces and N behind users of their own,
in turn, and compares the rates; it takes root, and a Python that other users can read.

`--class N` grades N submissions of one exercise through `kata grade` besides, with one worker and
with two unless `--workers` says otherwise, and prints the rate, and the judges' memory at the end
against that at the beginning. `--kills N` kills gradings N times between their first verdict
and their last, and compares what they have written down.

`--cluster N` grades N submissions by `--workers 2` and on a Dask cluster of two workers here, and
prints both rates, and the client's memory at N submissions against that at a tenth of them. With
`--kills`, workers of the cluster are killed that often while it grades, in place of gradings.

`--client N [N ...]` takes in N submissions and writes down a verdict on each that nobody had to
find, and prints the largest memory of the process that does it.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEVICES = ("cpu", "sim")
EXERCISE = "indexing/one_hot"
PUPILS = 40
FRUGAL = {
    "WORKER__PROFILE__ENABLED": "False",
    "ADMIN__TICK__INTERVAL": "1s",
    "ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
"""Settings of Dask that docs/grading.md advises where cores are few."""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--class", dest="size", type=int, default=0, metavar="N")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--cluster", type=int, default=0, metavar="N")
    parser.add_argument("--kills", type=int, default=0, metavar="N")
    parser.add_argument("--client", type=int, nargs="+", default=[], metavar="N")
    parser.add_argument("--tiers", type=int, default=0, metavar="N")
    parser.add_argument("--no-costs", action="store_true")
    asked = parser.parse_args()
    if not asked.no_costs:
        costs()
    if asked.tiers:
        tiers(asked.tiers)
    for size in asked.client:
        client(size)
    if asked.size:
        whole_class(asked.size, asked.workers)
    if asked.cluster:
        cluster(asked.cluster, asked.kills)
    elif asked.kills:
        kills(asked.kills)


def costs() -> None:
    """CPU seconds for a submission of each exercise: graded, by pytest, and the floor."""
    import torch

    from torchkata.devices import choice as devices
    from torchkata.grading.intake.assignment import Assignment
    from torchkata.grading.judging.examiner import Examiner
    from torchkata.grading.judging.slot import Slot
    from torchkata.grading.protection import protection
    from torchkata.suite.curriculum import read_suite

    torch.set_num_threads(1)
    devices.choose(",".join(DEVICES))
    suite = read_suite(ROOT)
    assignment = Assignment("", (), DEVICES, limit=60, seed=0)
    place = protection([ROOT / "solutions"]).places(suite, _all(suite, assignment), 1)[0]
    slot = Slot(place)
    graded = judged = floor = 0.0
    for exercise in suite.exercises:
        examiner = Examiner(exercise, assignment)
        source = exercise.solution_path.read_bytes()
        examiner.examine(slot, source, "", "")  # the bank is made, and the zygote is ready
        before, forks = time.process_time(), _zygote_seconds(slot)
        result = examiner.examine(slot, source, "", "")
        judged += time.process_time() - before
        assert result.standing == "solved", exercise.key
        graded += result.seconds + _zygote_seconds(slot) - forks
        floor += _floor(examiner)
    slot.close()
    count = len(suite.exercises)
    total = graded + judged
    print(f"CPU for a submission, {count} exercises on {' and '.join(DEVICES)}, ms an exercise:")
    print(f"  graded             {total / count * 1e3:7.1f}  (judge {judged / count * 1e3:.1f})")
    print(
        f"  floor              {floor / count * 1e3:7.1f}  graded is {total / floor:.1f} times it"
    )
    pytest = _pytest(suite)
    print(f"  a pytest process   {pytest / count * 1e3:7.1f}  {pytest / total:.1f} times as much")


def _zygote_seconds(slot):
    """CPU seconds of the zygote itself, which are those of forking."""
    pid = slot._process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{(children or [pid])[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _all(suite, assignment):
    from dataclasses import replace

    from torchkata.grading.intake.assignment import whole_suite

    return replace(assignment, exercises=whole_suite(suite).exercises)


def _floor(examiner):
    """CPU seconds of the bare calls: the inputs are copied, the references left out beforehand."""
    import torch

    from torchkata.devices.choice import place
    from torchkata.grading.judging.worker import prepare
    from torchkata.properties import witnessed

    oracle = examiner._oracle
    impl = oracle.solution.implementation
    properties = prepare(examiner.exercise, examiner.told()).specification.properties
    seconds = 0.0
    for device in DEVICES:
        for prop in properties:
            inputs = [place(dict(each), device) for each in oracle.inputs(prop)]
            extra = {"device": torch.device(device)} if prop.wants_device else {}
            with oracle.guard, witnessed(lambda *told: None):
                before = time.process_time()
                for each in inputs:
                    with contextlib.suppress(Exception):
                        prop.function(impl.view, **each, **extra)
                seconds += time.process_time() - before
    return seconds


def _pytest(suite):
    """CPU seconds of a pytest process for each submission: the solutions in a learner's place."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "suite")
        root.mkdir()
        for name in ("solutions", "tests", "exercises", "conftest.py", "pyproject.toml"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
        before = os.times()
        for exercise in suite.exercises:
            target = root / "exercises" / f"{exercise.key}.py"
            shutil.copy(exercise.solution_path, target)
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(target)]
            done = subprocess.run(
                [*command, "--device", ",".join(DEVICES)], cwd=root, capture_output=True
            )
            assert done.returncode == 0, done.stdout.decode()
        after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system


def tiers(count: int) -> None:
    """The rate behind namespaces and behind users, a submission of each in turn."""
    from torchkata.devices import choice as devices
    from torchkata.grading.intake.assignment import Assignment
    from torchkata.grading.judging.examiner import Examiner
    from torchkata.grading.judging.slot import Slot
    from torchkata.grading.protection import Protection
    from torchkata.suite.curriculum import read_suite

    devices.choose(",".join(DEVICES))
    suite = read_suite(ROOT)
    assignment = Assignment("", (), DEVICES, limit=60, seed=0)
    examiner = Examiner(suite.find(EXERCISE), assignment)
    source = examiner.exercise.solution_path.read_bytes()
    slots = {
        name: Slot(Protection((ROOT / "solutions",), name).places(suite, assignment, 1)[0])
        for name in ("namespaces", "users")
    }
    seconds = dict.fromkeys(slots, 0.0)
    for number in range(count + 1):
        for name, slot in slots.items():
            before = time.perf_counter()
            result = examiner.examine(slot, source, "", "")
            assert result.standing == "solved", (name, result)
            seconds[name] += (time.perf_counter() - before) * (number > 0)
    for slot in slots.values():
        slot.close()
    for name, each in seconds.items():
        print(f"{count} submissions of {EXERCISE} behind {name}: {count / each:.1f}/s")
    print(
        f"  users against namespaces: {seconds['namespaces'] / seconds['users']:.2f} times the rate"
    )


def whole_class(size: int, counts: list[int]) -> None:
    """The rate of `kata grade` on a class, and the memory of its judges."""
    with tempfile.TemporaryDirectory() as folder:
        students = _students(folder, size)
        rates = {}
        for workers in counts:
            rates[workers] = _rate(folder, students, size, workers)
        if {1, 2} <= rates.keys():
            print(f"  two workers against one: {rates[2] / rates[1]:.2f} times the rate")


def client(size: int) -> None:
    """The memory that it takes to know a class and to write down its verdicts."""
    with tempfile.TemporaryDirectory() as folder:
        students = _students(folder, size)
        code = f"import grading; grading.write_down({str(students)!r}, {folder!r})"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, check=True)
    print(f"the client of {size} submissions: at most {int(done.stdout) >> 10} MiB", flush=True)


def write_down(students: str, folder: str) -> None:
    """Grade a class by judges who find all solved, and print the KiB that this took at most."""
    from resource import RUSAGE_SELF, getrusage
    from types import SimpleNamespace

    from torchkata.grading.gradebook.book import Gradebook
    from torchkata.grading.grades import ExerciseResult
    from torchkata.grading.intake.assignment import Assignment
    from torchkata.grading.intake.submissions import take_in
    from torchkata.grading.meter import Meter
    from torchkata.grading.protection import Protection
    from torchkata.grading.whole_class import ClassGrading
    from torchkata.suite.curriculum import read_suite

    def judge(tasks):
        for task in tasks:
            yield task, [ExerciseResult(p.exercise, p.basis.key, "solved") for p in task.pieces]

    judges = contextlib.nullcontext(SimpleNamespace(judge=judge))
    suite = read_suite(ROOT)
    assignment = _all(suite, Assignment("", (), DEVICES, seed=0))
    taken = take_in([Path(students)], suite)
    grading = ClassGrading(suite, assignment, taken, Protection((), ""), lambda _: judges)
    with Gradebook.open(Path(folder, "out"), create=True) as gradebook:
        assert grading.grade(gradebook, Meter(quiet=True)) == 0
    assert _judged(Path(folder, "out")) == len(taken.submissions)
    print(getrusage(RUSAGE_SELF).ru_maxrss)


def _students(folder, size):
    """A class of which everybody hands in the solution, with a comment of their own."""
    students = Path(folder, f"class{size}")
    source = (ROOT / "solutions" / f"{EXERCISE}.py").read_text()
    for number in range(size):
        path = students / f"s{number:06}" / f"{Path(EXERCISE).name}.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"{source}\n# {number}\n")
    return students


def _rate(folder, students, size, workers):
    out = Path(folder, f"out{workers}")
    process = subprocess.Popen([*_command(folder, students, out, workers), "--quiet"], cwd=ROOT)
    first = early = latest = None
    while process.poll() is None:
        done = _judged(out)
        now = time.monotonic()
        if done >= size // 100 and first is None:
            first = now, done, _memory(process.pid)
        if early is None and done >= size // 10:
            early = now, done
        if done < size:
            latest = now, done, _memory(process.pid)
        time.sleep(0.2)
    assert process.returncode == 0
    begin = (early[1] - first[1]) / (early[0] - first[0])
    whole = (latest[1] - first[1]) / (latest[0] - first[0])
    print(
        f"{size} submissions of {EXERCISE}, {workers} worker{'s' * (workers > 1)}: "
        f"{whole:.1f}/s, in the first tenth {begin:.1f}/s; judges' memory "
        f"{first[2] >> 20} MiB at {first[1]}, {latest[2] >> 20} MiB at {latest[1]}",
        flush=True,
    )
    return whole


def _command(folder, students, out, workers):
    """Grades a class by a number of workers, or by those of the scheduler at an address."""
    assignment = Path(folder, "assignment.toml")
    assignment.write_text(f'exercises = ["{EXERCISE}"]\nseed = 1\n')
    kata = str(Path(sys.executable).with_name("kata"))
    judges = "--workers" if isinstance(workers, int) else "--scheduler"
    options = ["--assignment", str(assignment), judges, str(workers)]
    return [kata, "grade", str(students), "--out", str(out), *options]


def _judged(out):
    import sqlite3

    try:
        with sqlite3.connect(f"file:{out / 'gradebook.sqlite'}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM results").fetchone()[0]
    except sqlite3.Error:
        return 0


def _memory(pid):
    """Resident bytes of a process and of its judges, without their zygotes."""
    total = _resident(pid)
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        total += _resident(int(child))
    return total


def _resident(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def cluster(size: int, times: int) -> None:
    """The rate of a Dask cluster against that of the same processes here, and its client's memory.

    With `times`, its workers are killed as often, at random, while it grades: what is written down
    must be what is without.
    """
    with tempfile.TemporaryDirectory() as folder:
        students = _students(folder, size)
        undisturbed, out = Path(folder, "here"), Path(folder, "cluster")
        here, _ = _graded(_command(folder, students, undisturbed, 2), undisturbed, size)
        with _workers(2) as (address, nanny):
            if not times:
                few = _students(folder, size // 10)
                small = Path(folder, "few")
                _, before = _graded(_command(folder, few, small, address), small, size // 10)
            killer = _Killer(nanny, size, times)
            rate, memory = _graded(_command(folder, students, out, address), out, size, killer)
        assert _written(out) == _written(undisturbed), "the cluster has written other verdicts"
    if times:
        print(
            f"{size} submissions of {EXERCISE} on a cluster, {killer.killed} workers killed: each "
            "judged once, and what is written down is that of one machine"
        )
        return
    print(
        f"{size} submissions of {EXERCISE}: {here:.2f}/s by --workers 2, {rate:.2f}/s by two Dask "
        f"workers, {rate / here:.2f} times as many; the client's memory is at most "
        f"{before >> 20} MiB with {size // 10} and {memory >> 20} MiB with {size}"
    )


class _Killer:
    """Kills workers of a cluster, as often as asked, spread at random over a grading."""

    def __init__(self, nanny, size, times):
        self._nanny = nanny
        self._chance = random.Random(0)
        self._due = sorted(self._chance.sample(range(1, size * 9 // 10), times))
        self.killed = 0

    def look(self, done):
        if self._due and done >= self._due[0]:
            workers = [
                pid
                for pid in _below(self._nanny.pid)
                if b"multiprocessing.spawn" in Path(f"/proc/{pid}/cmdline").read_bytes()
            ]
            if workers:
                os.kill(self._chance.choice(workers), signal.SIGKILL)
                self.killed += 1
                del self._due[0]


def _graded(command, out, size, killer=None):
    """Submissions a second from the first to the last, and the client's largest memory."""
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    first = latest = (0.0, 0)
    memory = 0
    while process.poll() is None:
        done = _judged(out)
        now = time.monotonic()
        if done and not first[1]:
            first = now, done
        if done > latest[1]:
            latest = now, done
        if killer:
            killer.look(done)
        if done < size:
            memory = max(memory, _resident(process.pid))
        time.sleep(0.2)
    told = process.stderr.read()
    assert process.returncode == 0, told
    assert f"{size} to judge\n{size} solved" in told, told  # so none was written down twice
    return (latest[1] - first[1]) / (latest[0] - first[0]), memory


@contextlib.contextmanager
def _workers(count):
    """A scheduler's address, and the process that sees to its workers, as docs/grading.md says."""
    python = [sys.executable, "-m"]
    settings = {f"DASK_DISTRIBUTED__{name}": value for name, value in FRUGAL.items()}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        place = Path(folder, "scheduler.json")
        log = stack.enter_context(open(Path(folder, "log"), "w"))

        def started(*command):
            process = subprocess.Popen(
                [*python, *command],
                cwd=ROOT,
                env={**os.environ, **settings},
                stdout=log,
                stderr=log,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        alone = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(place)]
        started("distributed.cli.dask_scheduler", "--port", "0", *alone)
        while not (place.exists() and place.read_text().endswith("}")):
            time.sleep(0.1)
        options = ["--nthreads", "1", "--nworkers", str(count), "--no-dashboard"]
        nanny = started("distributed.cli.dask_worker", *options, "--scheduler-file", str(place))
        yield json.loads(place.read_text())["address"], nanny


def _below(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in tasks for child in each.read_text().split()]


def kills(times: int) -> None:
    """Kill gradings between their first verdict and their last, and compare what is written down.

    After each kill the students who are judged must have the verdicts of an undisturbed grading; a
    grading that has been killed several times must come to the same in the end.
    """
    chance = random.Random(0)
    killed = whole = 0
    with tempfile.TemporaryDirectory() as folder:
        students = Path(folder, "class")
        source = (ROOT / "solutions" / f"{EXERCISE}.py").read_text()
        for number in range(PUPILS):
            path = students / f"s{number:06}" / f"{Path(EXERCISE).name}.py"
            path.parent.mkdir(parents=True)
            path.write_text(source if number % 3 else source.replace("1)", "2)"))
        undisturbed, out = Path(folder, "undisturbed"), Path(folder, "killed")
        subprocess.run(
            [*_command(folder, students, undisturbed, 2), "--quiet"], cwd=ROOT, check=True
        )
        right = _written(undisturbed)
        while killed < times:
            shutil.rmtree(out, ignore_errors=True)
            while killed < times:
                target = len(_written(out)) + chance.randint(1, PUPILS // 8)
                process = subprocess.Popen(
                    [*_command(folder, students, out, 2), "--quiet"], cwd=ROOT
                )
                while process.poll() is None and len(_written(out)) < target:
                    time.sleep(0.002)
                process.send_signal(signal.SIGKILL)
                process.wait()
                found = _written(out)
                if len(found) == PUPILS:
                    break
                killed += 1
                assert found.items() <= right.items(), "a killed grading has written other verdicts"
            subprocess.run([*_command(folder, students, out, 2), "--quiet"], cwd=ROOT, check=True)
            assert _written(out) == right, "a killed grading has come to another end"
            whole += 1
    print(
        f"killed {killed} times between the first verdict and the last: each time what was written "
        f"down was that of an undisturbed grading, and so were the ends of {whole} gradings"
    )


def _written(out: Path) -> dict[str, str]:
    """What the gradebook in a folder says of each student who is judged."""
    from torchkata.grading.gradebook.book import Gradebook, GradebookError

    try:
        with Gradebook.open(out) as gradebook:
            judged = gradebook.judged()
            lines = list(gradebook.content())[1:]
    except GradebookError:  # it is being made
        return {}
    said = {json.loads(line)["student"]["id"]: line for line in lines}
    return {student: said[student] for student in judged}


if __name__ == "__main__":
    main()
