"""What torch's own errors usually mean, in a sentence or two for a learner."""

import re
from dataclasses import dataclass

from torchkata.telling import tensor_errors, training_errors


@dataclass(frozen=True, slots=True)
class Entry:
    """One error: the names of its classes, how its message starts, and what it usually means.

    The sentence is true of every message that the pattern matches: an error that means several
    things has no entry. `{0}`, `{1}` in it are the groups of the pattern.
    """

    kinds: tuple[str, ...]
    pattern: re.Pattern[str]
    sentence: str


ENTRIES = tuple(
    Entry(kinds, re.compile(pattern), sentence)
    for kinds, sentences in (*tensor_errors.SENTENCES, *training_errors.SENTENCES)
    for pattern, sentence in sentences.items()
)


def explanation(kind: str, message: str) -> str | None:
    """One or two sentences on what an exception from torch usually means.

    `kind` is the name of the exception's class. None where it isn't a known one.
    """
    # What one torch refuses with a RuntimeError, the next does with NotImplementedError, which is
    # a kind of it.
    kinds = {kind, "RuntimeError"} if kind == "NotImplementedError" else {kind}
    for entry in ENTRIES:
        if kinds & {*entry.kinds} and (match := entry.pattern.match(message)):
            return entry.sentence.format(*match.groups())
    return None
