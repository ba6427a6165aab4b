"""How fast practice is, measured against what it can't do without, side by side in one run.

    python benchmarks/practice.py [--runs N]

Prints medians and their ratios. Each comparison runs its sides in turn, so that a machine whose
speed drifts slows all. It needs the extra `dev`, and Linux for `kata watch`.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import watching

from torchkata.suite.curriculum import read_suite

ROOT = Path(__file__).parents[1]

IMPORTS = "import torch, pytest, hypothesis.extra.numpy"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20, help="counted runs of each side")
    runs = max(parser.parse_args().runs, 2)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # learners' Pythons keep their bytecode
    print(f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        commands(clone, runs)
        shutil.copytree(clone / "solutions", clone / "exercises", dirs_exist_ok=True)
        empty = Path(folder, "empty")
        empty.mkdir()
        (empty / "test_nothing.py").write_text("def test_nothing():\n    pass\n")
        watching.answers(clone, "indexing/one_hot", ("dtype=dtype, ", ""), runs)
        watching.answers(clone, "optim/sgd_update", (".sub_(", ".add_("), runs)
        whole_process(clone, empty, runs)
        self_check(clone)
    one_property(runs)


def commands(clone: Path, runs: int) -> None:
    """Commands that only read, as whole processes, against a Python that does nothing."""
    kata = str(Path(sys.executable).with_name("kata"))
    sides = [[sys.executable, "-c", "pass"], [kata], [kata, "hint", "one_hot"], [kata, "list"]]
    nothing, *times = in_turn([partial(run, side, clone) for side in sides], runs)
    floor = statistics.median(nothing)
    for (_, *arguments), taken in zip(sides[1:], times, strict=True):
        print(
            f"{' '.join(['kata', *arguments])}, whole process: {watching.spread(taken)}; "
            f"python -c pass: {floor * 1000:.0f} ms; ratio {statistics.median(taken) / floor:.1f}"
        )


def whole_process(clone: Path, empty: Path, runs: int) -> None:
    """`pytest exercises/indexing/one_hot.py`, solved, against the imports and an empty run."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    judged = [*pytest, "exercises/indexing/one_hot.py", "--device", "cpu,sim"]

    def floor() -> None:
        run([sys.executable, "-c", IMPORTS], empty)
        run([*pytest, "--rootdir", str(empty), "test_nothing.py"], empty)

    ours, theirs = map(statistics.median, in_turn([lambda: run(judged, clone), floor], runs))
    print(
        f"one_hot solved, cpu and sim, whole process: {ours:.2f} s; imports and an empty pytest "
        f"run: {theirs:.2f} s; ratio {ours / theirs:.2f}"
    )


def one_property(runs: int) -> None:
    """Each property on the CPU in a warm process: its inputs drawn anew, then the check."""
    from torchkata.judge import bank
    from torchkata.judge.judging import Judge
    from torchkata.suite.settings import Settings

    drawing: list[float] = []
    checking: list[float] = []
    for exercise in read_suite(ROOT).exercises:
        for seed in range(runs + 1):
            judge = Judge(exercise, Settings(seed=seed))
            subject = judge.oracle.solution
            for prop in judge.oracle.specification.properties:
                start = time.perf_counter()
                drawn = bank.draw(prop, seed)
                taken = time.perf_counter() - start
                if len(drawn) != 30:
                    continue
                start = time.perf_counter()
                verdict = judge.judge(prop, subject, "cpu")
                assert verdict.outcome == "passed", verdict
                if seed:  # the first one warms up
                    drawing.append(taken)
                    checking.append(time.perf_counter() - start)
    both = statistics.median(checking) * 1000
    print(
        f"one property, 30 examples on the CPU, {len(checking)} checks: median {both:.0f} ms with "
        f"drawing its inputs, which takes {statistics.median(drawing) * 1000:.0f} ms and is done "
        "once for all devices"
    )


def self_check(clone: Path) -> None:
    """The suite's check of all exercises, on all devices, in one process."""
    shutil.copytree(ROOT / "exercises", clone / "exercises", dirs_exist_ok=True)
    start = time.perf_counter()
    run([sys.executable, "-m", "pytest", "-q", "--ignore", "tests/engine"], clone)
    print(
        f"self-check of the exercises, all devices, without -n: {time.perf_counter() - start:.0f} s"
    )


def in_turn(actions: Sequence[Callable[[], None]], runs: int) -> list[list[float]]:
    """The seconds of actions that take turns, after one turn that doesn't count."""
    times: list[list[float]] = [[] for _ in actions]
    for turn in range(runs + 1):
        for action, taken in zip(actions, times, strict=True):
            start = time.perf_counter()
            action()
            if turn:
                taken.append(time.perf_counter() - start)
    return times


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
