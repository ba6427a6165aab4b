"""One property tried on one implementation on one device: input by input, down to a small one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from torchkata.judge import bank
from torchkata.judge.behaviour import is_cause, steady
from torchkata.judge.findings import finding
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Implementation
from torchkata.judge.legibility import flaws
from torchkata.judge.oracle import Oracle
from torchkata.judge.trial import observe
from torchkata.properties import Property
from torchkata.suite.curriculum import SuiteError
from torchkata.values.difference import Difference
from torchkata.values.observation import Observation

REPEATS = 5
"""How often a failing input is tried again, to tell whether the result is always the same."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One input that was tried, what was expected of it, what came, and how that differs."""

    inputs: dict[str, Any]
    expected: Observation
    actual: Observation
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What it takes to try an input: the property, the implementation, the device, the guard."""

    oracle: Oracle
    prop: Property
    impl: Implementation
    device: str
    guard: Guard

    def bank(self) -> Iterator[Tried]:
        """Each of the property's inputs, tried."""
        expected = self.oracle.expected(self.prop, self.device)
        for inputs, wanted in zip(self.oracle.inputs(self.prop), expected, strict=True):
            yield self._compared(inputs, wanted, self.observe(inputs))

    def one(self, inputs: dict[str, Any]) -> Tried | None:
        """One more input; None where it takes too long, or the solution itself won't do."""
        seen = self.observe(inputs)
        if is_cause(seen, "time"):
            return None
        try:
            expected = self.oracle.expects(self.prop, inputs, self.device)
        except SuiteError:
            return None
        return self._compared(inputs, expected, seen)

    def observe(self, inputs: dict[str, Any]) -> Observation:
        return observe(self.prop, self.impl, inputs, self.device, self.guard)

    def another_result(self, tried: Tried) -> Observation | None:
        """Another result for an input that was tried; None where it is always the same."""
        if is_cause(tried.actual, "time"):
            return None
        for _ in range(REPEATS):
            again = self.observe(tried.inputs)
            if not is_cause(again, "time") and not steady(tried.actual, again, self.prop):
                return again
        return None

    def smallest(
        self, begun: tuple[Tried, str], seed: int
    ) -> tuple[tuple[Tried, str], list[Tried]]:
        """The smallest failing input of those that show most, and all that were tried for it.

        With an input goes what the implementation printed. `begun` is the one to beat.
        """
        best, searched = begun, list[Tried]()
        fewest = flaws(begun[0].inputs)

        def fails(candidate: dict[str, Any]) -> bool:
            nonlocal best
            if flaws(candidate) > fewest:
                return False
            one_more = self.one(candidate)
            if one_more is None:
                return False
            searched.append(one_more)
            if one_more.difference is None:
                return False
            best = one_more, self.guard.printed.text()
            return True

        bank.shrink(self.prop, fails, seed)
        return best, searched

    def _compared(self, inputs: dict[str, Any], expected: Observation, seen: Observation) -> Tried:
        difference = finding(self.prop, inputs, self.device, expected, seen)
        return Tried(inputs, expected, seen, difference)


def clearest(tried: Sequence[Tried]) -> Tried:
    """The failing one whose input shows most; one that took too long only where all did."""
    failing = (each for each in tried if each.difference is not None)
    return min(failing, key=lambda each: (is_cause(each.actual, "time"), flaws(each.inputs)))
