"""A grade is no lottery: every wrong answer of the suite must be refused, whatever the seed.

    python benchmarks/seeds.py [NAME …] [--seeds N] [--workers N]

Judges each misconception and each wrong answer on the CPU and on sim with the inputs of N seeds,
and lists those that pass with one of them, on all devices. Exit status 1 where there is one: name
the case that decides in the property's `strata`, so that every bank holds it.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from torchkata.suite.curriculum import Exercise, read_suite

if TYPE_CHECKING:
    from torchkata.judge.judging import Judge
    from torchkata.judge.oracle import Subject

ROOT = Path(__file__).parents[1]
DEVICES = ("cpu", "sim")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="exercises (default: all)")
    parser.add_argument("--seeds", type=int, default=3, metavar="N")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), metavar="N")
    chosen = parser.parse_args()
    suite = read_suite(ROOT)
    exercises = [suite.find(name) for name in chosen.names] or list(suite.exercises)
    with ProcessPoolExecutor(
        chosen.workers, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        found = list(pool.map(passing, exercises, [chosen.seeds] * len(exercises)))
    judged = 0
    for exercise, (count, passed) in zip(exercises, found, strict=True):
        judged += count
        for name, seeds in passed.items():
            listed = ", ".join(map(str, seeds))
            print(f"{exercise.key}: {name} passes with {len(seeds)} of {chosen.seeds}: {listed}")
    lucky = sum(len(passed) for _, passed in found)
    print(f"{judged} wrong answers, {chosen.seeds} seeds: {lucky} pass with one of them")
    sys.exit(1 if lucky else 0)


def passing(exercise: Exercise, seeds: int) -> tuple[int, dict[str, list[int]]]:
    """How many wrong answers an exercise has, and with which seeds which of them pass."""
    from torchkata.devices import choice as devices
    from torchkata.judge.judging import Judge
    from torchkata.suite.settings import Settings

    devices.choose(",".join(DEVICES))
    passed: dict[str, list[int]] = {}
    refused_by: dict[str, tuple[str, str]] = {}
    count = 0
    for seed in range(seeds):
        judge = Judge(exercise, Settings(seed=seed))
        count = 0
        for name, subject in wrong_answers(judge):
            count += 1
            refusal = first_refusal(judge, subject, refused_by.get(name))
            if refusal is None:
                passed.setdefault(name, []).append(seed)
            else:
                refused_by[name] = refusal
    return count, passed


def wrong_answers(judge: "Judge") -> Iterator[tuple[str, "Subject"]]:
    """The misconceptions and the wrong answers that can be loaded, by name."""
    from torchkata.judge.loading import LearnerFile, NotLoadable

    for mark in judge.oracle.specification.misconceptions:
        yield mark.name, judge.oracle.wrong_answer(mark)
    for path in sorted(judge.oracle.exercise.answers_path.glob("wrong_*.py")):
        file = LearnerFile(path, judge.oracle.stub)
        try:
            subject = judge.learner(file, f"tests.answers.{judge.oracle.exercise.name}.{path.stem}")
        except NotLoadable:
            continue
        yield path.stem, subject


def first_refusal(
    judge: "Judge", subject: "Subject", likely: tuple[str, str] | None
) -> tuple[str, str] | None:
    """The first device and property that refuse an answer; `likely` is tried before the others."""
    properties = {prop.name: prop for prop in judge.oracle.specification.properties}
    every = [(device, name) for device in DEVICES for name in properties]
    for device, name in sorted(every, key=lambda each: each != likely):
        prop = properties[name]
        if judge.breach(prop, subject, device) is not None:
            return device, name
        if judge.judge(prop, subject, device, brief=True).outcome != "passed":
            return device, name
    return None


if __name__ == "__main__":
    main()
