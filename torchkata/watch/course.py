"""What a watch knows of the suite: its exercises, how far the learner is, which one is current."""

from collections.abc import Sequence
from dataclasses import replace

from torchkata.practice import progress
from torchkata.practice.progress import Judged, Standing, State
from torchkata.suite.curriculum import CURRICULUM, Exercise, Suite, SuiteError, read_suite


class Course:
    """The exercises that n and p go through, and where the learner is with each.

    `troubles` holds what could not be read or written down, by what it is about.
    """

    def __init__(self, suite: Suite, scope: Sequence[Exercise], first: Exercise) -> None:
        self.suite = suite
        # By its name, since another branch may have other exercises in it.
        self.topic = first.topic if len(scope) < len(suite.exercises) else None
        self.current = first
        self.troubles: dict[str, str] = {}
        self._standings: dict[str, Standing] = {}

    @property
    def standings(self) -> Sequence[Standing]:
        """Those of all exercises that can be judged here, in the curriculum's order."""
        return tuple(self._standings.values())

    @property
    def standing(self) -> Standing:
        """That of the current exercise."""
        return self._standings.get(self.current.key) or Standing(self.current, "todo", 1)

    @property
    def following(self) -> str:
        """The key of the exercise after the current one; empty after the last."""
        keys = self._scope()
        place = keys.index(self.current.key) + 1 if self.current.key in keys else len(keys)
        return keys[place] if place < len(keys) else ""

    def neighbour(self, by: int) -> Exercise | None:
        """The exercise so many places on from the current one; None where there is none."""
        keys = self._scope()
        place = keys.index(self.current.key) + by if self.current.key in keys else 0
        return self.suite.find(keys[place]) if 0 <= place < len(keys) else None

    def refresh(self) -> None:
        """Read where the learner is."""
        try:
            found = progress.standings(self.suite)
        except SuiteError as error:
            self.troubles["progress"] = str(error)
            return
        self.troubles.pop("progress", None)
        self._standings = {each.exercise.key: each for each in progress.counted(found)}

    def reread(self) -> Exercise | None:
        """Read the curriculum, which may be another branch's.

        Where the current exercise is not in it any more, the one to go to instead.
        """
        try:
            suite = read_suite(self.suite.root)
            if not suite.exercises:
                raise SuiteError(f"{suite.root / CURRICULUM} names no exercise.")
        except SuiteError as error:
            self.troubles["curriculum"] = str(error)
            return None
        self.troubles.pop("curriculum", None)
        if suite == self.suite:
            return None
        self.suite = suite
        self.refresh()
        if self.current.key in (each.key for each in suite.exercises):
            return None
        scope = [self._standings[key] for key in self._scope() if key in self._standings]
        coming = progress.following(scope)
        return coming.exercise if coming is not None else suite.exercises[0]

    def came_out(self, state: State) -> None:
        """Take the current exercise for what it is after a verdict, until progress is read."""
        if self.standing.under_review:
            return  # it counts as solved
        self._standings[self.current.key] = replace(self.standing, state=state)

    def write_down(self, results: Sequence[Judged]) -> None:
        """Record verdicts, and read where the learner is."""
        try:
            progress.record(self.suite.root, results)
        except SuiteError as error:
            self.troubles["progress"] = str(error)
        else:
            self.refresh()

    def hints_seen(self, count: int) -> None:
        """Record how many hints of the current exercise were shown."""
        self._standings[self.current.key] = replace(self.standing, hints=count)
        try:
            progress.record_hints(self.suite.root, self.current, count)
        except SuiteError as error:
            self.troubles["progress"] = str(error)

    def _scope(self) -> list[str]:
        keys = [each.key for each in self.suite.judged]
        return [key for key in keys if key.startswith(f"{self.topic}/")] or keys
