"""The engine of torchkata: properties observe, the engine judges.

Authors of exercises import from `torchkata.properties` and `torchkata.strategies`.
Importing this package alone imports neither torch nor hypothesis, so that `kata` starts at once.
`torchkata.check(one_hot)` is for cells of tests: it raises AssertionError where a check fails.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "check":
        from torchkata.notebook import require

        return require
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
