"""Judges one exercise's files by what a worker says of them, where no student's code runs."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from torchkata.grading.grades import (
    ExerciseResult,
    Flag,
    PropertyResult,
    Standing,
)
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging import codec, wire
from torchkata.grading.judging.bare import bare
from torchkata.grading.judging.claims import Expected, Fault, Step, Told, ask, lacked_memory
from torchkata.grading.judging.reach import reaches
from torchkata.grading.judging.resting import rests_on
from torchkata.grading.judging.sitting import Sitting
from torchkata.grading.judging.slot import Slot
from torchkata.judge import outcomes
from torchkata.judge.behaviour import unwritten_function
from torchkata.judge.diagnosis import diagnose
from torchkata.judge.findings import finding
from torchkata.judge.loading import LoadFailure
from torchkata.judge.oracle import Oracle
from torchkata.judge.trial import with_reference
from torchkata.judge.verdict import Verdict
from torchkata.properties import Property
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import Exercise
from torchkata.telling.headlines import reason
from torchkata.telling.pictures import pictures_html
from torchkata.telling.rendering import render
from torchkata.values.comparison import compare_checked
from torchkata.values.observation import Observation

_ENGINE = Path(__file__).parents[3]

_LARGEST_PICTURE = 20_000
"""Characters of the largest picture that is written down."""

_OURS = ("solutions", "tests", "exercises", "torchkata", "__main__", "__mp_main__")


class Examiner:
    """Judges files of one exercise. What is expected is made once, when it is first asked for."""

    def __init__(self, exercise: Exercise, assignment: Assignment) -> None:
        assert assignment.seed is not None
        self.exercise = exercise
        self._assignment = assignment
        self._seed = assignment.seed
        self._oracle = Oracle(exercise, self._seed, with_reference, answer_keys())
        self._path = exercise.stub_path.relative_to(exercise.root)

    @cached_property
    def _properties(self) -> dict[str, Property]:
        return {prop.name: prop for prop in self._oracle.specification.properties}

    @cached_property
    def _expected(self) -> dict[Step, list[Expected]]:
        return {
            (prop.name, device): [
                Expected(each, codec.encode_seen(each))
                for each in self._oracle.expected(prop, device)
            ]
            for prop in self._properties.values()
            for device in self._assignment.devices
        }

    @cached_property
    def _rests_on(self) -> dict[str, tuple[str, ...]]:
        return {
            name: rests_on(
                prop,
                [
                    each.observation
                    for device in self._assignment.devices
                    for each in self._expected[name, device]
                ],
            )
            for name, prop in self._properties.items()
        }

    def told(self) -> wire.Prepare:
        """What a zygote must know of the exercise: never what is right."""
        _ = self._expected
        self._oracle.key.save()
        for _ in self._oracle.rehearsal(self._assignment.devices, most=1):
            pass  # now all is imported that the properties import
        return wire.Prepare(
            self.exercise.topic,
            self.exercise.name,
            self._oracle.stub,
            bare(self.exercise.test_path.read_text(encoding="utf-8")),
            [name for name in sys.modules if name.partition(".")[0] not in _OURS],
            {
                name: [codec.encode_inputs(each) for each in self._oracle.inputs(prop)]
                for name, prop in self._properties.items()
            },
        )

    def prepare(self, slot: Slot) -> None:
        """Have a zygote know the exercise. Raises SuiteError or SlotError."""
        slot.prepare(self.exercise, self._seed, self.told)

    def examine(self, slot: Slot, source: bytes, key: str, file: str) -> ExerciseResult:
        """Judge a file in a fork of its own; as `examine_at`."""
        return self.examine_at([Sitting(slot)], source, key, file, 0)

    def examine_at(
        self, sittings: Sequence[Sitting], source: bytes, key: str, file: str, more: int
    ) -> ExerciseResult:
        """Judge a file, on each device where there is a slot for it.

        `more` files of the same student are to come. Raises SuiteError or SlotError where something
        is wrong that is not the file's fault.
        """
        told = None
        for each in sittings:
            devices = each.slot.devices
            expected = {
                step: wanted for step, wanted in self._expected.items() if step[1] in devices
            }
            if not expected:
                continue
            if not each.slot.knows(self.exercise, self._seed):
                each.close()
                self.prepare(each.slot)
            told = ask(each, source, self.exercise, expected, self._assignment, more, told)
        assert told is not None
        properties = self._results(told)
        self._oracle.key.save()  # with the misconceptions that were looked at
        flags = dict.fromkeys(told.faults.values())
        return ExerciseResult(
            self.exercise.key,
            key,
            _standing(properties, told),
            file,
            properties,
            (
                *(Flag(each.kind, each.says) for each in flags),
                *(Flag("reach", says) for says in reaches(source, self._oracle.stub)),
            ),
            told.seconds,
        )

    def refused(self, sentence: str, key: str, file: str) -> ExerciseResult:
        """The result of a file that can't be read, for the reason in the sentence."""
        told = Told(facts=wire.Facts({}, [], True, (sentence, 1, "", None, False)))
        flags = (Flag("refused", sentence),)
        return ExerciseResult(self.exercise.key, key, "failing", file, self._results(told), flags)

    def _results(self, told: Told) -> tuple[PropertyResult, ...]:
        """All properties' results; the same reason why none can be tried is told once."""
        results: list[PropertyResult] = []
        said: set[str] = set()
        for prop in self._properties.values():
            result = self._result(prop, told)
            repeats = result.stage is None and result.headline in said
            results.append(replace(result, text="") if repeats else result)
            said.add(result.headline)
        return tuple(results)

    def _result(self, prop: Property, told: Told) -> PropertyResult:
        """The first verdict on a property that is not passed, over all devices."""
        told_as = None
        for device in self._assignment.devices:
            try:
                verdict = self._verdict(prop, device, told)
                told_as = self._shown(prop, verdict)
            except Exception as error:  # whatever a claim may do to what compares and shows it
                fault = Fault("tampering", f"It can't be compared: {type(error).__name__}.")
                told.faults[prop.name] = fault
                refused = outcomes.refused(self._blank(prop, device, told), fault.says)
                return self._shown(prop, refused)
            if verdict.outcome != "passed":
                break
        assert told_as is not None
        return told_as

    def _shown(self, prop: Property, verdict: Verdict) -> PropertyResult:
        """A verdict as it is written down."""
        result = PropertyResult(
            prop.name,
            prop.sentence,
            verdict.outcome,
            rests_on=self._rests_on[prop.name],
        )
        if verdict.outcome == "passed":
            return result
        again = f'pytest "{self._path}::{prop.name}[{verdict.device}]"'
        text = _bare(render(verdict, f"kata hint {self.exercise.name}", again).plain)
        return replace(
            result,
            device=verdict.device,
            stage=verdict.difference.stage.value if verdict.difference else None,
            headline=reason(verdict),
            text=text,
            misconception=verdict.misconception,
            says=verdict.diagnosis,
            picture=_picture(verdict),
        )

    def _blank(self, prop: Property, device: str, told: Told) -> Verdict:
        line = prop.line(told.facts.lines if told.facts else {})
        return outcomes.blank(self._oracle, prop, device, Path(self._path), line)

    def _verdict(self, prop: Property, device: str, told: Told) -> Verdict:
        blank = self._blank(prop, device, told)
        facts = told.facts
        if facts is not None:
            untouched = frozenset(facts.untouched)
            unwritten = tuple(name for name in prop.targets if name in untouched)
            if unwritten:
                return outcomes.unwritten(blank, unwritten, blank.line)
            if facts.failure is not None:
                return outcomes.unloadable(blank, LoadFailure(*facts.failure))
        answer = told.answers.get((prop.name, device))
        fault = told.faults.get(prop.name)
        if answer is None or facts is None:
            says = fault.says if fault else "Its process did not say what came of it."
            return outcomes.refused(blank, says)
        if answer.breach is not None:
            sentence, line = answer.breach
            return outcomes.refused(blank, sentence, line)
        expected = self._expected[prop.name, device]
        pairs = zip(expected, answer.seen, strict=False)
        for position, (want, got) in enumerate(pairs):
            if got is want.observation:
                continue
            inputs = self._oracle.inputs(prop)[position]
            difference = finding(prop, inputs, device, want.observation, got)
            if difference is None:
                continue
            name = unwritten_function(got, untouched)
            if name is not None:
                return outcomes.unwritten(blank, (name,), facts.lines.get(name, blank.line))
            printed = "".join(answer.printed[position : position + 1])[: wire.LARGEST_SAID]
            if compare_checked(want.observation, got) is not None:
                # There the property would have ended: what it came to afterwards is no part of it.
                got = replace(got, outcome=None)
            if lacked_memory(got):
                mib = f"{self._assignment.memory} MiB"
                sentence = f"{difference.sentence}, at the limit of {mib}"
                difference = replace(difference, sentence=sentence)
                says = f"{prop.name}: it asked for more than the {mib} that it may use."
                told.faults.setdefault(prop.name, Fault("memory", says))
            verdict = outcomes.shown(blank, inputs, got, printed)
            return self._diagnosed(outcomes.failed(verdict, difference), prop, device, told)
        if len(answer.seen) < len(expected) or (prop.vectorized and answer.growth is None):
            return outcomes.refused(blank, "Its process said less than it was asked for.")
        growth = outcomes.growth(*answer.growth) if answer.growth else None
        if growth is not None:
            return self._diagnosed(outcomes.failed(blank, growth), prop, device, told)
        return outcomes.passed(blank)

    def _diagnosed(self, verdict: Verdict, prop: Property, device: str, told: Told) -> Verdict:
        def seen(other: Property) -> Sequence[Observation]:
            answer = told.answers.get((other.name, device))
            return answer.seen if answer else ()

        def grows(other: Property) -> bool:
            answer = told.answers.get((other.name, device))
            growth = answer.growth if answer else None
            return growth is not None and growth[0] != growth[1]

        return outcomes.diagnosed(verdict, diagnose(self._oracle, prop, device, seen, grows))


def _picture(verdict: Verdict) -> str:
    """What of a verdict can be drawn, where that is not too much to be kept of each failure."""
    try:
        picture = pictures_html(verdict)
    except Exception:  # a claim that has no picture has a text all the same
        return ""
    return picture if len(picture) <= _LARGEST_PICTURE else ""


def _bare(text: str) -> str:
    """A text without where this machine keeps its files: students read it."""
    for place in (sys.prefix, sys.base_prefix, str(_ENGINE), str(Path.home())):
        text = text.replace(f"{place}/", "…/") if place != "/" else text
    return text


def _standing(properties: Sequence[PropertyResult], told: Told) -> Standing:
    if all(each.outcome == "passed" for each in properties):
        return "solved"
    if told.facts is not None and not told.facts.begun:
        return "todo"
    return "failing"
