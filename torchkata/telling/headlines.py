"""What a verdict comes to, in a line or two: the stage that failed, and what an error means."""

from torchkata.judge.verdict import Verdict
from torchkata.telling.paragraphs import printable
from torchkata.values.difference import Difference, Stage, Tolerance
from torchkata.values.observation import ArraySeen, Raised, TensorSeen

_TELL_WHERE = (Stage.RAN, Stage.AFTERWARDS, Stage.SHARING, Stage.OPERATIONS)
"""Stages whose sentences name the part that differs."""


def headline(difference: Difference) -> str:
    """The stage that failed, in words and in one line, with the message of an exception."""
    words = stage_words(difference)
    match difference.actual:
        case Raised(cause="exception", message=message) if message.strip():
            words += ": " + message.strip().split("\n")[0]
    return printable(words).replace("\n", " ")


def reason(verdict: Verdict) -> str:
    """Why a verdict is not passed, in one line; empty where it is."""
    if verdict.difference is not None:
        return headline(verdict.difference)
    if verdict.refusal is not None:
        return printable(verdict.refusal.partition("\n")[0])
    return f"{', '.join(verdict.unwritten)} is not written yet." if verdict.unwritten else ""


def usual_meaning(verdict: Verdict) -> str | None:
    """What the exception that a verdict tells of usually means; None where that is not known.

    Where another exception is asked for, it is silent: that this one came is no mistake as such.
    """
    if verdict.error is None:
        return None
    if verdict.difference is not None and isinstance(verdict.difference.expected, Raised):
        return None
    from torchkata.telling.torch_errors import explanation  # a few hundred patterns

    actual = verdict.difference.actual if verdict.difference is not None else None
    in_use = isinstance(actual, Raised) and actual.cause == "unusable"
    return explanation(*verdict.error, in_use=in_use)


def stage_words(difference: Difference) -> str:
    """The stage that failed, in words."""
    words = difference.sentence
    wanted = difference.expected
    if difference.stage is Stage.VALUES and isinstance(wanted, TensorSeen | ArraySeen):
        words = f"wrong values: {words}{_within(difference.tolerance)}"
    if difference.where != "result" and difference.stage not in _TELL_WHERE:
        words = f"{difference.where}: {words}"
    return words


def _within(tolerance: Tolerance | None) -> str:
    if tolerance is None or tolerance == (0.0, 0.0):
        return ""
    rtol, atol = tolerance
    parts = [f"{atol:g}"] if atol else []
    parts += [f"{rtol:g} × |expected|"] if rtol else []
    return f" (tolerance: {' + '.join(parts)})"
