"""One learner's file under judgement: a verdict for each property on each device."""

import os
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from torchkata.judge.judging import Judge
from torchkata.judge.loading import LearnerFile, NotLoadable
from torchkata.judge.oracle import Subject
from torchkata.judge.verdict import Verdict
from torchkata.practice.summary import Summary
from torchkata.properties import Property
from torchkata.telling.headlines import reason
from torchkata.telling.paragraphs import one_line
from torchkata.telling.rendering import render, to_ansi
from torchkata.telling.verdict_data import verdict_data


class Examination:
    """Judges a file, and remembers what need not be told or tried twice.

    `submission` is the student's folder that the file comes from, where it is not the learner's.
    `given` are the file's bytes, where it lies on no disk.
    """

    def __init__(
        self,
        judge: Judge,
        path: Path,
        submission: str | None = None,
        given: bytes | None = None,
    ) -> None:
        self.judge = judge
        self._submission = submission
        self.file = LearnerFile(path, judge.oracle.stub, given)
        self._failed: dict[str, str] = {}
        self._said: dict[str, tuple[str, str]] = {}

    @cached_property
    def _loaded(self) -> Subject | NotLoadable:
        exercise = self.judge.oracle.exercise
        try:
            return self.judge.learner(self.file, f"exercises.{exercise.topic}.{exercise.name}")
        except NotLoadable as error:
            return error

    @property
    def subject(self) -> Subject:
        """The file as it was loaded. Raises NotLoadable."""
        if isinstance(self._loaded, NotLoadable):
            raise self._loaded
        return self._loaded

    def checks(self, devices: tuple[str, ...]) -> Iterator[tuple[Property, str]]:
        """Every property on one device after another, but one alone where one tells all."""
        seen: set[tuple[str, ...]] = set()
        for device in devices:
            for prop in self.judge.oracle.specification.properties:
                waiting = self.file.waits_for(prop.targets)
                if waiting not in seen:
                    yield prop, device
                if waiting:
                    seen.add(waiting)

    def verdict(
        self, prop: Property, device: str, early: Callable[[Verdict], None] | None = None
    ) -> Verdict:
        """The verdict on one property on one device.

        Only the first that fails is searched for and diagnosed, and what has failed on one device
        is not tried on the next. The same check again is judged as the first time. `early` is told
        the verdict before that search.
        """
        todo = self.judge.todo(prop, device, self.file)
        if todo is not None:
            return todo
        if isinstance(self._loaded, NotLoadable):
            return self.judge.unloadable(prop, device, self.file.path, self._loaded)
        breach = self.judge.breach(prop, self._loaded, device)
        if breach is not None:
            return breach
        elsewhere = self._failed.get(prop.name, device)
        if elsewhere != device:
            return self.judge.failed_elsewhere(prop, self._loaded, device, elsewhere)
        told_in_full = next(iter(self._failed), prop.name)
        brief = told_in_full != prop.name
        verdict = self.judge.judge(prop, self._loaded, device, brief=brief, early=early)
        if verdict.outcome == "failed":
            self._failed[prop.name] = device
        else:
            self._failed.pop(prop.name, None)
        return verdict

    def repeats(self, prop: Property, verdict: Verdict) -> bool:
        """Whether the verdict on another check told already why the file can't be judged."""
        reason = verdict.refusal or ", ".join(verdict.unwritten)
        check = prop.name, verdict.device
        return bool(reason) and self._said.setdefault(reason, check) != check

    def summary(
        self,
        prop: Property,
        verdict: Verdict,
        place: tuple[int, int],
        folder: Path,
        repeats: bool = False,
        early: bool = False,
        draw: Callable[[Verdict], str] | None = None,
    ) -> Summary:
        """The summary of a verdict; its text names files as they are seen from `folder`.

        `place` is the exercise's place in the curriculum and the number of checks on a full run.
        `draw` makes the picture.
        """
        exercise = self.judge.oracle.exercise
        shown = one_line(os.path.relpath(self.file.path, folder))
        hint = f"kata hint {exercise.name}"
        node = os.path.relpath(exercise.stub_path, folder)
        again = f'pytest "{node}::{prop.name}[{verdict.device}]"'
        if self._submission is not None:
            # A student may have named these folders: in a shell they must stay one word.
            named = shlex.quote(os.path.relpath(self._submission, folder))
            again += f" --submission={one_line(named)}"
        if seed := self.judge.settings.seed:
            again += f" --kata-seed {seed}"
        text = plain = screen = picture = ""
        if verdict.outcome != "passed":
            named_so = replace(verdict, path=shown)
            written = render(named_so, hint, again)
            text, plain, screen = to_ansi(written), written.plain, to_ansi(render(named_so))
            picture = draw(named_so) if draw is not None else ""
        commands = {"hint": hint, "again": again, "text": plain}
        return {
            "exercise": exercise.key,
            "name": exercise.name,
            "order": place[0],
            "path": one_line(os.path.relpath(self.file.path, exercise.root)),
            "line": verdict.line,
            "hash": self.file.hash,
            "begun": self.file.is_begun,
            "outcome": verdict.outcome,
            "unwritten": list(verdict.unwritten),
            "repeats": repeats,
            "untried": verdict.untried,
            "early": early,
            "checks": place[1],
            "headline": reason(verdict),
            "text": text,
            "screen": screen,
            "data": {"property": prop.name, **verdict_data(verdict), **commands},
            "picture": picture,
        }
