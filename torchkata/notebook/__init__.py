"""Katas in a notebook: `check(one_hot)`, `%%kata one_hot` and `hint("one_hot")`.

What they give is shown with pictures in Jupyter and as text elsewhere. To import this module in
IPython makes the magic known there.
"""

import sys
from typing import Any

from torchkata.notebook.checking import exercise_named, judged, source_of
from torchkata.notebook.result import Hints, Result
from torchkata.notebook.sources import Answer
from torchkata.suite.curriculum import SuiteError
from torchkata.suite.stubs import reserved_texts

__all__ = ["Hints", "Result", "check", "hint", "require"]

_asked: dict[str, int] = {}
"""How many hints of each exercise were asked for."""


def check(*answers: Any) -> Result:
    """Judge functions or classes by their names, or an exercise by its own: `check("sharing")`.

    The imports, plain values and functions of the notebook that they use go along. Raises
    SuiteError where no exercise asks for them, or where a file could not hold them.
    """
    __tracebackhide__ = True
    return _checked(answers, _namespace(answers, sys._getframe(1).f_globals))


def require(*answers: Any) -> Result:
    """As `check`, for a cell of tests: raises AssertionError with the text of what fails."""
    __tracebackhide__ = True
    result = _checked(answers, _namespace(answers, sys._getframe(1).f_globals))
    if not result.passed:
        raise AssertionError(result.text)
    return result


def hint(exercise: Any) -> Hints:
    """One more hint each time, the mildest first, of an exercise by its name or by its function.

    Raises SuiteError where there is none.
    """
    found = exercise_named(exercise)
    texts = reserved_texts(found, "HINTS")
    if not texts:
        raise SuiteError(f"{found.name} has no hints.")
    shown = min(_asked.get(found.name, 0) + 1, len(texts))
    _asked[found.name] = shown
    return Hints(found.name, texts[:shown], len(texts))


def load_ipython_extension(shell: Any) -> None:
    """Make `%%kata` known: for `%load_ext torchkata.notebook`."""

    def kata(line: str, cell: str) -> Result:
        """%%kata NAME: judge this cell as the answer to an exercise, and run it."""
        exercise = exercise_named(line.strip())
        text = shell.transform_cell(cell)
        # The cell's first line is the magic's own.
        result = judged(exercise, Answer(text, 2), shell.user_ns, "run this cell again")
        if all(each.refusal is None for each in result.verdicts):
            shell.run_cell(cell, store_history=False)
        return result

    shell.register_magic_function(kata, "cell", "kata")


def _checked(answers: tuple[Any, ...], namespace: dict[str, Any]) -> Result:
    __tracebackhide__ = True
    if not answers:
        raise SuiteError("Name what is to be checked: check(one_hot).")
    exercise, answer = source_of(answers, namespace)
    named = [repr(each) if isinstance(each, str) else each.__name__ for each in answers]
    return judged(exercise, answer, namespace, f"check({', '.join(named)})")


def _namespace(answers: tuple[Any, ...], caller: dict[str, Any]) -> dict[str, Any]:
    """Where an answer was defined: a function knows it itself."""
    for each in answers:
        known = getattr(each, "__globals__", None)
        if isinstance(known, dict):
            return known
    return caller


if "IPython" in sys.modules:
    _shell = sys.modules["IPython"].get_ipython()
    if _shell is not None:
        load_ipython_extension(_shell)
