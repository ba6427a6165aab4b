"""What a verdict says, part by part: the words and values that text and pictures both show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from torchkata.judge.verdict import Verdict
from torchkata.telling.headlines import stage_words, usual_meaning
from torchkata.telling.sides import facts
from torchkata.values.difference import Difference
from torchkata.values.observation import ArraySeen, ContainerSeen, Raised, TensorSeen
from torchkata.values.wording import is_short, written

_ON = {"sim": "sim, a simulated accelerator"}


@dataclass(frozen=True, slots=True)
class Sides:
    """Two values to be laid side by side, each with its title.

    `difference` is what they differ by, where the one is expected and the other the learner's.
    """

    left_title: str
    left: Any
    right_title: str
    right: Any
    difference: Difference | None


def place(verdict: Verdict) -> str:
    """The file, the line, and the device, where it matters."""
    where = f"{verdict.path}:{verdict.line}"
    if verdict.difference is None:
        return where
    return f"{where}, on {_ON.get(verdict.device, verdict.device)}"


def unwritten(verdict: Verdict) -> str:
    """What is still to be written, as a sentence."""
    return f"{', '.join(verdict.unwritten)} is not written yet."


def refusal(verdict: Verdict) -> tuple[str, str]:
    """Why the file can't be judged, as a sentence, and the lines that show it."""
    assert verdict.refusal is not None
    sentence, _, detail = verdict.refusal.partition("\n")
    return sentence, detail


def came_out(difference: Difference) -> str:
    """The stage that failed, in words, with the whole message of an exception."""
    words = stage_words(difference)
    match difference.actual:
        case Raised(cause="exception", message=message) if message.strip():
            words += f": {message.strip()}"
    return words


def reasons(verdict: Verdict) -> list[tuple[str, str]]:
    """Why it fails, as far as is known: sentences with their labels.

    A misconception says what an exception means too.
    """
    if verdict.diagnosis is not None:
        return [("looks like", verdict.diagnosis)]
    found = [("why", verdict.why)] if verdict.why is not None else []
    meaning = usual_meaning(verdict)
    return [*found, ("this usually means", meaning)] if meaning is not None else found


def sides(verdict: Verdict) -> Sides | None:
    """The two values that say more than the headline does; None where there are none."""
    if verdict.unsteady is not None:
        first, second = verdict.unsteady
        return Sides("first time", first, "second time", second, None)
    difference = verdict.difference
    if difference is None or not _shows_values(difference):
        return None
    return Sides("expected", difference.expected, "yours", difference.actual, difference)


def call_lines(verdict: Verdict) -> list[str]:
    """The call as lines of code, without what the learner's own file imports; [] for none."""
    if verdict.call is None:
        return []
    known = {"import torch", verdict.call.own}
    code = [each for each in verdict.call.imports if each not in known]
    return code + "\n".join(each.rstrip() for each in verdict.call.lines).split("\n")


def input_facts(verdict: Verdict, name: str, value: Any) -> Iterator[str]:
    """The facts of the tensors in an input, each led by the path to it where it lies deeper."""
    layouts = dict(verdict.layouts)
    for path, told in _facts_within(value, name):
        lead = "" if path == name else f"{path}: "
        yield f"{lead}{told}" + (f", {layouts[path]}" if path in layouts else "")


def _facts_within(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The facts of a tensor, or of each tensor in a container, with the path to it."""
    if isinstance(value, ContainerSeen):
        for key, item in zip(value.keys, value.items, strict=True):
            yield from _facts_within(item, f"{path}[{key!r}]")
    elif told := facts(value):
        yield path, told


def _shows_values(difference: Difference) -> bool:
    """Whether the two sides say more than the headline does."""
    if isinstance(difference.actual, Raised):
        return False
    if is_short(difference.expected) and is_short(difference.actual):
        return written(difference.expected) not in difference.sentence
    plain = TensorSeen | ArraySeen | ContainerSeen
    return isinstance(difference.expected, plain) or isinstance(difference.actual, plain)
