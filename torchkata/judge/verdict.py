"""A verdict: what was judged, on what, and how it came out. Plain data with a JSON round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from torchkata.values.anatomy import CallSeen
from torchkata.values.difference import Difference
from torchkata.values.observation import ContainerSeen, LineSeen

Outcome = Literal["passed", "failed", "todo"]


@dataclass(frozen=True, slots=True)
class Call:
    """Code that gives what a verdict shows as the learner's.

    `imports` are the lines that fetch what it uses, `own` the one that fetches the learner's
    functions. `lines` define the inputs and make the call: the last is an expression, or the
    statement that raises.
    """

    imports: tuple[str, ...]
    own: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, to be pasted from the suite's root."""
        return "\n".join([*self.imports, self.own, *self.lines])


@dataclass(frozen=True, slots=True)
class CloserLook:
    """One call as it was seen of the learner's function, and of the solution's.

    `memory_matters` is whether the property asks for how the result lies.
    """

    expected: CallSeen | None
    yours: CallSeen
    memory_matters: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one property came out for one file on one device.

    `line` is that of the function judged. A failed verdict has a `difference`, or a `refusal`
    where the file could not be judged at all. `inputs` are the smallest that fail, as they were
    before the call; `layouts` says how a tensor among them lies, where it isn't contiguous. A
    `brief` verdict says only at which stage an input failed: it was not made smaller or diagnosed.
    One that is `untried` has failed on another device before. `error` is the class and the message
    of an exception, for what it usually means. `why` is a sentence on what was found to make the
    difference, by trying. `call` is code that gives what is shown. `closer_look` is how tensors lie
    and which graph is behind them, where that was looked at.
    """

    exercise: str
    subject: str
    sentence: str
    device: str
    outcome: Outcome
    path: str
    line: int
    difference: Difference | None = None
    refusal: str | None = None
    inputs: ContainerSeen | None = None
    layouts: Sequence[tuple[str, str]] = ()
    lines: Sequence[LineSeen] = ()
    raised: str | None = None
    diagnosis: str | None = None
    misconception: str | None = None
    why: str | None = None
    error: tuple[str, str] | None = None
    unsteady: tuple[Any, Any] | None = None
    printed: str = ""
    unwritten: tuple[str, ...] = ()
    brief: bool = False
    untried: bool = False
    call: Call | None = None
    closer_look: CloserLook | None = None
