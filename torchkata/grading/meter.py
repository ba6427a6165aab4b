"""How far the grading of a class is, on a terminal: a bar, the rate, the time left, the totals."""

import sys
import time
from collections.abc import Sequence
from typing import Any

from torchkata.grading.grades import ExerciseResult

_STANDINGS = ("solved", "failing", "todo", "not judged")


class Meter:
    """Shows progress on stderr. Use it as a context manager.

    Without a terminal it says a line at the begin and one at the end; `quiet`, nothing.
    """

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Any = None
        self._bar: Any = None
        self._began = time.monotonic()
        self._counts = dict.fromkeys(_STANDINGS, 0)
        self.total = self.kept = self.done = self.flagged = 0

    def __enter__(self) -> "Meter":
        return self

    def __exit__(self, *exc: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def begins(self, total: int, kept: int) -> None:
        self.total, self.kept = total, kept
        self._began = time.monotonic()
        if self._quiet:
            return
        same = f"; {kept} have not changed" if kept else ""
        print(f"{total} to judge{same}", file=sys.stderr)
        if total and sys.stderr.isatty():
            self._progress = _progress()
            self._progress.start()
            self._bar = self._progress.add_task("", total=total, rate="", counts="")

    def judged(self, results: Sequence[ExerciseResult]) -> None:
        self.done += 1
        for each in results:
            if each.standing in self._counts:
                self._counts[each.standing] += 1
            self.flagged += bool(each.flags)
        if self._progress is not None:
            self._progress.update(self._bar, advance=1, rate=self.rate(), counts=self.counts())

    def tell(self, sentence: str) -> None:
        """Say something besides, `quiet` or not."""
        if self._progress is None:
            print(sentence, file=sys.stderr)
        else:
            self._progress.console.print(sentence, markup=False, soft_wrap=True)

    def rate(self) -> str:
        """Submissions a second, or a minute where it is slower."""
        rate = self.done / max(time.monotonic() - self._began, 1e-3)
        return f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.1f}/min"

    def counts(self) -> str:
        """The exercises judged by how they came out, and how many of them are flagged."""
        parts = [f"{count} {name}" for name, count in self._counts.items() if count]
        return ", ".join([*parts, f"{self.flagged} flagged"] if self.flagged else parts)


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[counts]}"),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
