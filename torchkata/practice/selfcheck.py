"""The suite's check of itself: each exercise's test file as items that prove it fair and sharp."""

import doctest
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from torchkata.judge.detoured import with_detours
from torchkata.judge.detours import Detour, detours
from torchkata.judge.guard import Guard
from torchkata.judge.loading import LearnerFile
from torchkata.judge.oracle import Subject
from torchkata.practice.checks import Check, CheckedFile, NotAsItMustBe, first_failure, text_of
from torchkata.properties import Misconception, Property
from torchkata.suite import stubs
from torchkata.suite.curriculum import Exercise

HARMLESS = "benchmarks/equivalent_mutants.toml"
"""Where it is said, for each exercise, which mutants and detours make no difference, and why."""

FEWEST_HINTS = 3
FEWEST_MISCONCEPTIONS = 3


class SelfCheckFile(CheckedFile):
    """tests/<topic>/test_<name>.py: solution, stub, misconceptions, worked examples and hints."""

    def checks(self) -> Iterator[Check]:
        specification = self.judge.oracle.specification
        for prop in specification.properties:
            for device in self.devices:
                yield Check(
                    f"solution:{prop.name}[{device}]", partial(self._solution, prop, device)
                )
        for mark in specification.misconceptions:
            yield Check(f"misconception:{mark.name}", partial(self._misconception, mark))
        yield Check("detours", self._detours)
        for name in ("stub_is_todo", "stub_is_generated", "worked_examples", "hints", "breadth"):
            yield Check(name, getattr(self, f"_{name}"))

    def _solution(self, prop: Property, device: str) -> None:
        verdict = self.judge.judge(prop, self.judge.oracle.solution, device)
        if verdict.outcome != "passed":
            raise NotAsItMustBe(f"The solution does not pass.\n\n{text_of(verdict)}")

    def _misconception(self, mark: Misconception) -> None:
        """It is told on the first device that catches it: what failed there is tried on no other.

        So it is in practice and in grading.
        """
        subject = self.judge.oracle.wrong_answer(mark)
        for device in self.devices:
            verdict = first_failure(self.judge, subject, device)
            if verdict is None:
                continue
            if verdict.misconception == mark.name:
                return
            raise NotAsItMustBe(
                f"{mark.name} is caught by {verdict.subject} on {device}, but diagnosed as "
                f"{verdict.misconception or 'nothing in particular'}.\n\n{text_of(verdict)}"
            )
        if self.devices == ("cpu",):
            pytest.skip(f"{mark.name} passes on the CPU; only another device could tell it")
        raise NotAsItMustBe(
            f"{mark.name} passes every property on {', '.join(self.devices)}: no property "
            f"needs what it gets wrong. Add one that does, or remove it."
        )

    def _detours(self) -> None:
        """Every generic wrong way through the solution is caught, or is said to be harmless."""
        open_ways = [
            f"{name}: {detour.name}"
            for name in self.judge.oracle.contract.signatures
            for detour in self._telling(name)
            if self._tried(name, [detour]) == (True, {detour.name})
        ]
        harmless = _harmless_detours(self.exercise)
        problems = [
            f"No property catches it: {way}. Draw inputs that tell, or say in {HARMLESS} why it "
            f"makes no difference."
            for way in open_ways
            if way not in harmless
        ]
        problems += [
            f"{HARMLESS} lists what is caught, or can't be taken: {way}."
            for way in harmless
            if way not in open_ways
        ]
        if problems:
            raise NotAsItMustBe("\n".join((f"{self.path}:", *problems)))

    def _telling(self, name: str) -> list[Detour]:
        """The detours through a name that may make a difference.

        All are laid together, and then all but those that made one, until none does: the solution
        was run to its end as it is, and by none of the rest would it have been another run.
        """
        telling: set[str] = set()
        while True:
            rest = [each for each in detours() if not each.away and each.name not in telling]
            passes, noticed = self._tried(name, rest)
            telling |= noticed
            if not noticed:
                silent = {each.name for each in rest} if passes else set()
                return [each for each in detours() if each.name not in silent]

    def _tried(self, name: str, ways: Sequence[Detour]) -> tuple[bool, set[str]]:
        """Whether the solution by some detours passes, and which of them made a difference."""
        oracle, noticed = self.judge.oracle, set[str]()
        props = [prop for prop in oracle.specification.properties if name in prop.targets]
        # What makes a difference anywhere makes one on the CPU, but for what moves things there.
        away = any(detour.away for detour in ways)
        devices = [each for each in self.devices if away != (each == "cpu")][:1]
        trials = [(prop, device) for prop in props for device in devices]
        with Guard():
            for trial in trials:
                oracle.expected(*trial)  # of the solution as it is
        with with_detours(
            *(oracle.solution_module, oracle.contract, self.exercise.solution_path),
            *(name, ways, noticed.add),
        ) as impl:
            subject = Subject(impl)
            passes = all(
                self.judge.judge(prop, subject, device, brief=True).outcome == "passed"
                for prop, device in trials
            )
        return passes, noticed

    def _stub_is_todo(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, self.exercise.stub_path.name)
            path.write_text(self.judge.oracle.stub, encoding="utf-8")
            file = LearnerFile(path, self.judge.oracle.stub)
            for prop in self.judge.oracle.specification.properties:
                if self.judge.todo(prop, "cpu", file) is None:
                    raise NotAsItMustBe(f"{prop.name} needs nothing of the stub.")
            stub = self.judge.learner(file, f"tests.stubs.{self.exercise.name}")
            if first_failure(self.judge, stub, "cpu") is None:
                raise NotAsItMustBe(f"{self.path}: the untouched stub passes every property.")

    def _stub_is_generated(self) -> None:
        difference = stubs.stub_difference(self.exercise)
        if difference:
            raise NotAsItMustBe(f"Run `kata stubs`:\n{difference}")

    def _worked_examples(self) -> None:
        module = self.judge.oracle.solution_module
        output: list[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        examples = 0
        for test in doctest.DocTestFinder(exclude_empty=True).find(module):
            examples += len(test.examples)
            runner.run(test, out=output.append)
        if output:
            raise NotAsItMustBe("A worked example is not true.\n" + "".join(output))
        if not examples:
            raise NotAsItMustBe(f"{self.exercise.solution_path}: has no worked example (>>>).")

    def _hints(self) -> None:
        hints = stubs.reserved_texts(self.exercise, "HINTS")
        if len(hints) < FEWEST_HINTS:
            raise NotAsItMustBe(
                f"{self.exercise.solution_path}: HINTS has {len(hints)} of at least {FEWEST_HINTS}."
            )
        if not stubs.reserved_texts(self.exercise, "TAKE_ALONG"):
            raise NotAsItMustBe(f"{self.exercise.solution_path}: has no TAKE_ALONG.")

    def _breadth(self) -> None:
        count = len(self.judge.oracle.specification.misconceptions)
        if count < FEWEST_MISCONCEPTIONS:
            raise NotAsItMustBe(
                f"{self.path}: has {count} of at least {FEWEST_MISCONCEPTIONS} misconceptions."
            )
        named = {
            name for prop in self.judge.oracle.specification.properties for name in prop.targets
        }
        idle = [name for name in self.judge.oracle.contract.signatures if name not in named]
        if idle:
            raise NotAsItMustBe(f"{self.path}: no property looks at {', '.join(idle)}.")


def _harmless_detours(exercise: Exercise) -> dict[str, str]:
    path = exercise.root / HARMLESS
    if not path.exists():
        return {}
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[str, str] = listed.get("detours", {}).get(exercise.key, {})
    return found
