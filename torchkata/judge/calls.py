"""What was called, as code that can be pasted into Python: the learner's call, and what it needs.

Where a property makes one call with plain values, and what comes back is what the verdict shows,
that call is written. Otherwise the property's own lines are, with what they use of its file.
"""

import inspect
import random
import re
import types
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch

from torchkata.devices.choice import place
from torchkata.judge import property_lines
from torchkata.judge.behaviour import came_out
from torchkata.judge.guard import Guard, TorchState, seed_everything
from torchkata.judge.implementation import Contract, Implementation
from torchkata.judge.raising import said
from torchkata.judge.trial import replayed
from torchkata.judge.verdict import Call
from torchkata.properties import Property
from torchkata.suite.curriculum import Exercise
from torchkata.values.observation import Observation, Raised, seen, share_memory
from torchkata.values.pairs import compare_values
from torchkata.values.source import Unwritable, Writer

_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
_SEEDS = {"torch": "torch.manual_seed(0)", "numpy": "np.random.seed(0)", "random": "random.seed(0)"}
_SEEDING = {"torch": "import torch", "numpy": "import numpy as np", "random": "import random"}


@dataclass(slots=True)
class _Made:
    """A call as it was made: the lines for its arguments and itself, None where they can't be."""

    lines: tuple[str, ...] | None
    imports: tuple[str, ...]
    result: Any = None


@dataclass
class Calls:
    """Writes down the calls of an implementation's functions before they are made.

    `names` has the names of tensors among the inputs, by `id`.
    """

    names: Mapping[int, str]
    made: list[_Made] = field(default_factory=list)

    def begin(self, name: str, value: Any, args: Any, kwargs: Any) -> None:
        try:
            self.made.append(self._written(name, value, args, kwargs))
        except Unwritable:
            self.made.append(_Made(None, ()))

    def end(self, result: Any) -> None:
        self.made[-1].result = seen(result)

    def _written(self, name: str, value: Any, args: Any, kwargs: Any) -> _Made:
        writer = Writer()
        lines: list[str] = []
        arrays: dict[int, tuple[str, Any]] = {}
        taken = {name}

        def argument(each: Any, suggestion: str) -> str:
            if not isinstance(each, torch.Tensor | np.ndarray):
                if isinstance(each, list | tuple) and any(
                    isinstance(part, torch.Tensor) for part in each
                ):
                    inside = [argument(part, suggestion) for part in each]
                    if type(each) is list:
                        return f"[{', '.join(inside)}]"
                    if type(each) is tuple:
                        return f"({', '.join(inside)},)"
                return writer.written(each)
            if id(each) not in arrays:
                if isinstance(each, torch.Tensor) and any(
                    isinstance(other, torch.Tensor) and share_memory(each, other)
                    for _, other in arrays.values()
                ):
                    raise Unwritable("tensors that share memory")
                known = self.names.get(id(each), suggestion)
                free = known
                number = 2
                while free in taken:
                    free, number = f"{known}{number}", number + 1
                taken.add(free)
                lead = len(free) + 3
                if isinstance(each, torch.Tensor):
                    text = writer.tensor(each, lead)
                else:
                    text = writer.written(each)
                lines.append(f"{free} = {text}")
                arrays[id(each)] = free, each
            return arrays[id(each)][0]

        suggestions = parameters(value, args)
        written = [argument(each, like) for each, like in zip(args, suggestions, strict=True)]
        written += [f"{key}={argument(each, key)}" for key, each in kwargs.items()]
        lines.append(f"{name}({', '.join(written)})")
        return _Made(tuple(lines), tuple(writer.imports))


def parameters(value: Any, args: Any) -> list[str]:
    """The names of the parameters that positional arguments go to."""
    with suppress(TypeError, ValueError):
        names: list[str] = []
        for each in inspect.signature(value).parameters.values():
            more = len(args) if each.kind is each.VAR_POSITIONAL else 1
            names += [each.name] * more
        if len(names) >= len(args):
            return names[: len(args)]
    return ["x"] * len(args)


def written(
    exercise: Exercise,
    prop: Property,
    implementation: Implementation,
    inputs: dict[str, Any],
    device: str,
    observation: Observation,
    guard: Guard,
) -> Call | None:
    """The call behind an observation of these inputs; None where it can't be written as code.

    It is tried, and only given where what comes of it is what was observed.
    """
    given = place(dict(inputs), device)
    names = {id(each): name for name, each in given.items() if isinstance(each, torch.Tensor)}
    tape = Calls(names)
    recorded = replace(implementation, calls=[], tape=tape)
    seed_everything()
    before = _generators()
    error = replayed(prop, recorded, given, device, guard)
    after = _generators()
    stopped = _line_of(error, prop) if error is not None else None
    seeds = [name for name in before if before[name] != after[name]]
    outcome = observation.outcome
    home = f"exercises.{exercise.topic}.{exercise.name}"
    found = []
    only = tape.made[0] if len(tape.made) == 1 else _Made(None, ())
    if only.lines is not None:
        raises = isinstance(outcome, Raised) and outcome.cause == "exception"
        if raises or compare_values(came_out(observation), only.result, (0.0, 0.0)) is None:
            called = only.lines[-1].partition("(")[0]
            own = f"from {home} import {called}"
            found.append(_call(own, only.imports, only.lines, seeds))
    with suppress(Unwritable):
        writer = Writer()
        slice_ = property_lines.slice_of(prop, given, stopped)
        fresh = place(dict(inputs), device)
        values = [
            f"{name} = {_input(writer, fresh[name], len(name) + 3)}"
            for name in fresh
            if name in slice_.names
        ]
        if "device" in slice_.names and prop.wants_device:
            values.append(f"device = {writer.written(torch.device(device))}")
        if device == "sim":
            writer.written(torch.empty(0, device=device))
        if slice_.whole:
            own = f"import {home} as impl"
        else:
            own = f"from {home} import {', '.join(dict.fromkeys(slice_.targets))}"
        imports = (*writer.imports, *slice_.imports)
        found.append(_call(own, imports, (*slice_.definitions, *values, *slice_.body), seeds))
    for call in found:
        if _gives(call, implementation, prop, observation, guard):
            return call
    return None


def names(call: Call, prop: Property, contract: Contract) -> set[str]:
    """What a learner knows the inputs by where a call is shown in their place."""
    targets = [contract.signatures[name] for name in prop.targets if name in contract.signatures]
    parameters = {name for each in targets for name in each.parameters}
    return parameters | set(_NAME.findall(call.text))


def _input(writer: Writer, value: Any, lead: int) -> str:
    return writer.tensor(value, lead) if isinstance(value, torch.Tensor) else writer.written(value)


def _call(own: str, imports: Any, lines: Any, seeds: list[str]) -> Call:
    needed = dict.fromkeys([*imports, *(_SEEDING[each] for each in seeds)])
    seeding = [_SEEDS[each] for each in seeds]
    return Call(tuple(needed), own, (*lines[:-1], *seeding, lines[-1]))


def _generators() -> dict[str, str]:
    """The states of the global generators, to see which of them was drawn from."""
    return {
        "torch": str(torch.default_generator.get_state().tolist()),
        "numpy": str(np.random.get_state(legacy=False)),
        "random": str(random.getstate()),
    }


def _line_of(error: BaseException, prop: Property) -> int | None:
    """The line of the property's file at which an exception left the property."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code is prop.function.__code__:
            return trace.tb_lineno
        trace = trace.tb_next
    return None


def _gives(
    call: Call,
    implementation: Implementation,
    prop: Property,
    observation: Observation,
    guard: Guard,
) -> bool:
    """Whether the code, run here, gives what was observed."""
    public = {
        name: implementation.namespace.get(name) for name in implementation.contract.signatures
    }
    namespace: dict[str, Any] = {**public, "impl": types.SimpleNamespace(**public)}
    *setup, last = call.lines
    state = TorchState.now()

    def run() -> Any:
        seed_everything()
        exec("\n".join([*call.imports, *setup]), namespace)
        try:
            expression = compile(last, "<call>", "eval")
        except SyntaxError:
            return exec(last, namespace)
        return eval(expression, namespace)

    wanted = observation.outcome
    try:
        result = seen(guard.call(run, implementation.runs))
    except BaseException as error:
        if guard.is_interrupt(error):
            raise
        # Where a reference refused a value, the value is what is shown, not the refusal.
        return (
            isinstance(wanted, Raised)
            and wanted.reference is None
            and (type(error).__name__, said(error)) == (wanted.kinds[0], wanted.message)
        )
    finally:
        state.restore()
    if isinstance(wanted, Raised) and wanted.reference is None:
        return wanted.cause == "invariant"
    return compare_values(came_out(observation), result, (0.0, 0.0)) is None
