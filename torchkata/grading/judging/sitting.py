"""Where the files of one student are judged, one after another."""

from torchkata.grading.judging import wire
from torchkata.grading.judging.slot import Fork, Slot


class Sitting:
    """A fork for a student's files, and a new one where a file has not left it as it was.

    To fork, confine and end a process costs as much as judging a small exercise. The same student's
    files can hurt nobody else, and each comes out as it would in a fork of its own: one is kept for
    the next file only if all is as before, and where anything goes wrong in such a fork the file is
    judged once more in a new one.
    """

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self.is_used = False
        """Whether the fork at work has had another file before."""
        self._fork: Fork | None = None
        self._told = 0.0

    def begin(self, job: wire.Job, source: bytes) -> Fork:
        """Hand a file to the fork that is kept, or to a new one. Raises SlotError."""
        self.is_used = self._fork is not None
        if self._fork is None:
            self._fork, self._told = self.slot.begin(job, source), 0.0
        else:
            self._fork.next(job, source)
        return self._fork

    def keep(self, left: wire.Left) -> float:
        """Keep the fork for the next file; the seconds that it says the last one took."""
        seconds = max(0.0, left.seconds)
        self._told += seconds
        return seconds

    def end(self) -> wire.Ended:
        """End the fork. Its seconds are those that are not told of yet."""
        assert self._fork is not None
        fork, self._fork = self._fork, None
        ended = fork.end()
        ended.seconds = max(0.0, ended.seconds - self._told)
        return ended

    def close(self) -> None:
        """End the fork that is kept, if there is one."""
        if self._fork is not None:
            self.end()
