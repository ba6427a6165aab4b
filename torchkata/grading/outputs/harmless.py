"""Text that a student had a hand in, made harmless for what reads it next.

Names, file names, exception messages and output come here before they go into a file. What can't
be seen (control characters, marks that turn the direction of text, lone surrogates) becomes an
escape that can.
"""

import re

LONGEST = 100_000
"""Characters of the longest text that leaves; `cut` says how a longer one is treated."""

_LONGEST_NAME = 120

# Control characters, bidirectional marks, invisible ones, line separators, what XML or UTF-8 lacks.
_UNSEEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_IN_LINES = re.compile(f"[{_UNSEEN}]")
_IN_A_LINE = re.compile(f"[\n{_UNSEEN}]")

# Only where Markdown would take it for more than a character, so that it reads well as text too.
_MEANT_BY_MARKDOWN = re.compile(
    r"""( [`\[\]|~$]
    | \\(?=[!-/:-@\[-`{-~]|$)
    | (?<![^\W_])_ | _(?![^\W_])       # not within a name
    | \*(?<!\s\*) | \*(?!\s)           # not as a sign between spaces
    | <(?![\s=])
    | &(?=[\#\w])
    | (?<!\S)\#
    | ^[-+=>]
    | (?<=http): | (?<=https): | (?<=www)\.   # an address would become a link
    )""",
    re.VERBOSE,
)
_BEGINS_LIST = re.compile(r"^(\d+)(?=[.)](\s|$))", re.ASCII)
_BACKTICKS = re.compile("`+")

# Programs of some countries take a `;` for the end of a cell, and full-width signs for the others.
_BEGINS_FORMULA = re.compile("(^|;)(\\s*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20].)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def one_line(text: str) -> str:
    """The text in one line, with an escape for each line break and all that can't be seen."""
    return _IN_A_LINE.sub(_escape, text)


def lines(text: str) -> str:
    """The text with its line breaks, and an escape for all else that can't be seen."""
    return _IN_LINES.sub(_escape, text)


def cut(text: str, longest: int = LONGEST) -> str:
    """The text, or its two ends around a line that says how many characters were left out.

    What is given has at most `longest` characters, which must be 100 or more.
    """
    if len(text) <= longest:
        return text
    kept = longest - 60
    head, tail = text[: kept - kept // 2], text[-(kept // 2) :]
    return f"{head}\n… {len(text) - kept} characters are left out here …\n{tail}"


def short(text: str) -> str:
    """A name in one line, with only its beginning where it is very long."""
    line = one_line(text)
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def markdown(text: str) -> str:
    """The text in one line of Markdown that shows it as it is, also in a cell of a table."""
    escaped = _MEANT_BY_MARKDOWN.sub(r"\\\1", one_line(text).strip())
    return _BEGINS_LIST.sub(r"\1\\", escaped)


def code(text: str) -> str:
    """The text as code within a line of Markdown."""
    line = one_line(text).strip() or " "
    fence = "`" * (_longest_run(line) + 1)
    room = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{room}{line}{room}{fence}"


def block(text: str) -> str:
    """The text as a block of code in Markdown, which nothing in it can end."""
    shown = lines(text).strip("\n")
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}text\n{shown}\n{fence}"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute the text, or a part of it, instead of showing it."""
    return _BEGINS_FORMULA.search(text) is not None and _NUMBER.fullmatch(text) is None


def cell(text: str) -> str:
    """The text for a cell of a CSV: in one line, with an apostrophe before what is a formula."""
    line = one_line(text)
    return _BEGINS_FORMULA.sub(r"\1\2'", line) if is_formula(line) else line


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def _longest_run(text: str) -> int:
    """How many backticks stand together at most."""
    return max(map(len, _BACKTICKS.findall(text)), default=0)
