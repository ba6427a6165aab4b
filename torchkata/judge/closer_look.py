"""A closer look at a call that fails: how its tensors lie and which graph is behind the result.

Taken once, of a failure that is told: the property is run again on the learner's and on the
solution's functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from torchkata.devices.choice import place
from torchkata.judge.calls import parameters
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Implementation
from torchkata.judge.trial import replayed
from torchkata.judge.verdict import CloserLook
from torchkata.properties import Property
from torchkata.values.anatomy import CallSeen, call_seen

_CALLS = 8


@dataclass
class _Look:
    """Sees the first calls of an implementation's functions."""

    seen: list[CallSeen] = field(default_factory=list)
    _open: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def begin(self, name: str, value: Any, args: Any, kwargs: Any) -> None:
        names = parameters(value, args)
        named = {
            each if names.count(each) == 1 else f"{each}[{place - names.index(each)}]": argument
            for place, (each, argument) in enumerate(zip(names, args, strict=True))
        }
        self._open.append((name, {**named, **kwargs}))

    def end(self, result: Any) -> None:
        self._see(result, True)

    def stop(self) -> None:
        """Of a call that has not come to its end, its arguments are seen."""
        while self._open:
            self._see(None, False)

    def _see(self, result: Any, ended: bool) -> None:
        name, arguments = self._open.pop()
        if len(self.seen) < _CALLS:
            self.seen.append(call_seen(name, arguments, result, ended))


def closer_look(
    prop: Property,
    implementation: Implementation,
    solution: Implementation,
    inputs: Mapping[str, Any],
    device: str,
    guard: Guard,
) -> CloserLook | None:
    """The call in which what is seen differs, or else the last one; None where there was none."""
    yours = _calls(prop, implementation, inputs, device, guard)
    if not yours:
        return None
    expected = _calls(prop, solution, inputs, device, guard)
    pairs = [
        (wanted, given)
        for wanted, given in zip(expected, yours, strict=False)
        if wanted.function == given.function
    ]
    for wanted, given in pairs:
        if _told(wanted) != _told(given):
            return CloserLook(wanted, given, prop.aliasing)
    latest = pairs[-1][0] if len(pairs) == len(yours) else None
    return CloserLook(latest, yours[-1], prop.aliasing)


def _calls(
    prop: Property,
    implementation: Implementation,
    inputs: Mapping[str, Any],
    device: str,
    guard: Guard,
) -> list[CallSeen]:
    look = _Look()
    recorded = replace(implementation, calls=[], hooked=[], moved=[], tape=look)
    replayed(prop, recorded, place(dict(inputs), device), device, guard)
    look.stop()
    return look.seen


def _told(call: CallSeen) -> tuple[Any, ...]:
    """What tells two calls apart: where results lie, and what gradients reach."""
    lying = tuple((each.names, each.storage, each.stride, each.offset) for each in call.tensors)
    graph = call.graph
    return call.ended, lying, graph and (graph.requires_grad, graph.reached, graph.cut_off)
