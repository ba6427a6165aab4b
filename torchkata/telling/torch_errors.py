"""What errors of torch and Python usually mean, in a sentence or two for a learner."""

import re
from dataclasses import dataclass

from torchkata.telling import python_errors, tensor_errors, training_errors


@dataclass(frozen=True, slots=True)
class Entry:
    """One error: the names of its classes, how its message starts, and what it usually means.

    The sentence is true of every message that the pattern matches: an error that means several
    things has no entry. `{0}`, `{1}` in it are the groups of the pattern.
    """

    kinds: tuple[str, ...]
    pattern: re.Pattern[str]
    sentence: str


def _entries(*groups: tuple[tuple[str, ...], dict[str, str]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(kinds, re.compile(pattern), sentence)
        for kinds, sentences in groups
        for pattern, sentence in sentences.items()
    )


ABOUT_WHAT_IS_MADE = _entries(*training_errors.SENTENCES)
NOTHING_MADE = _entries(
    (
        ("AttributeError", "TypeError"),
        {
            r"'NoneType' object|cannot unpack non-iterable NoneType": (
                "What your code gave is None where a value is used. A function without a return "
                "gives None."
            )
        },
    )
)
"""Of an error in the use of what was made alone: anywhere else None may come from elsewhere."""

ENTRIES = (
    *_entries(*tensor_errors.SENTENCES),
    *ABOUT_WHAT_IS_MADE,
    *_entries(*python_errors.SENTENCES),
)


def explanation(kind: str, message: str, in_use: bool = False) -> str | None:
    """One or two sentences on what an exception usually means.

    `kind` is the name of the exception's class. None where it isn't a known one. Where it was
    raised `in_use` of what the learner's code made, only errors about what was made are explained:
    the operation that failed is another's.
    """
    # What one torch refuses with a RuntimeError, the next does with NotImplementedError, which is
    # a kind of it.
    kinds = {kind, "RuntimeError"} if kind == "NotImplementedError" else {kind}
    for entry in (*ABOUT_WHAT_IS_MADE, *NOTHING_MADE) if in_use else ENTRIES:
        if kinds & {*entry.kinds} and (match := entry.pattern.match(message)):
            return entry.sentence.format(*match.groups())
    return None
