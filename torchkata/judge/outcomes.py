"""Verdicts for the ways in which a check can come out; each is made from a blank one."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from torchkata.judge.behaviour import layouts
from torchkata.judge.findings import inputs_before
from torchkata.judge.loading import LoadFailure
from torchkata.judge.oracle import Oracle
from torchkata.judge.trial import LARGE, SMALL
from torchkata.judge.verdict import Verdict
from torchkata.properties import Misconception, Property
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation, Raised


def blank(oracle: Oracle, prop: Property, device: str, path: Path, line: int) -> Verdict:
    """A verdict that says nothing yet."""
    key = oracle.exercise.key
    return Verdict(key, prop.name, prop.sentence, device, "todo", str(path), line)


def passed(verdict: Verdict) -> Verdict:
    return replace(verdict, outcome="passed")


def unwritten(verdict: Verdict, names: tuple[str, ...], line: int) -> Verdict:
    """The verdict that functions which a property needs are still the stub's."""
    return replace(verdict, unwritten=names, line=line)


def unloadable(verdict: Verdict, failure: LoadFailure) -> Verdict:
    """The verdict on a file that can't be loaded."""
    detail = f"\n{failure.detail}" if failure.detail else ""
    told = replace(verdict, error=failure.error)
    return refused(told, failure.sentence + detail, failure.line)


def refused(verdict: Verdict, sentence: str, line: int | None = None) -> Verdict:
    """The verdict that a property can't be tried, for the reason in the sentence."""
    at = verdict.line if line is None else line
    return replace(verdict, outcome="failed", refusal=sentence, line=at)


def failed_elsewhere(verdict: Verdict, first: str) -> Verdict:
    """The verdict on a property that has failed on the device `first` already."""
    difference = Difference(Stage.RAN, "result", f"not tried, since it fails on {first}")
    return replace(verdict, outcome="failed", difference=difference, brief=True, untried=True)


def failed(verdict: Verdict, difference: Difference) -> Verdict:
    """The verdict that what came differs from what was expected."""
    return replace(verdict, outcome="failed", difference=difference)


def brief(verdict: Verdict, difference: Difference) -> Verdict:
    """The verdict that a property fails, after another one that was told in full."""
    return replace(failed(verdict, difference), brief=True)


def diagnosed(verdict: Verdict, mark: Misconception | None) -> Verdict:
    """The verdict that a property fails, with the misconception that it looks like."""
    if mark is None:
        return verdict
    return replace(verdict, diagnosis=mark.says, misconception=mark.name)


def growth(few: int, many: int) -> Difference | None:
    """The difference of code whose operations grow with the size; None where they don't."""
    if few == many:
        return None
    sentence = f"{few} operations for size {SMALL}, {many} for size {LARGE}: it loops"
    return Difference(Stage.OPERATIONS, "operations", sentence)


def shown(
    verdict: Verdict, inputs: Mapping[str, Any], observation: Observation, printed: str
) -> Verdict:
    """The verdict with the inputs, and with the exception that the implementation raised."""
    verdict = replace(
        verdict,
        inputs=inputs_before(inputs, verdict.device),
        layouts=tuple(layouts(inputs)),
        printed=printed,
    )
    raised = observation.outcome
    if not isinstance(raised, Raised):
        return verdict
    if raised.cause in ("exception", "unusable"):
        verdict = replace(verdict, error=(raised.kinds[0], raised.message))
    if raised.lines:
        verdict = replace(verdict, lines=raised.lines, line=raised.lines[-1].number)
        if raised.cause in ("exception", "unusable"):  # other causes are the headline
            said = f": {raised.message}" if raised.message else ""
            verdict = replace(verdict, raised=raised.kinds[0] + said)
    return verdict
