"""What one pytest run holds: its devices, its settings, the suite, a judge for each exercise."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from torchkata.devices.choice import DeviceError, available, choose
from torchkata.judge.breakpoints import nobody_answers, passed_by
from torchkata.judge.judging import Judge
from torchkata.practice.failure import terminal_free
from torchkata.practice.options import CRASH_FD
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import Exercise, Suite, SuiteError, find_root, read_suite
from torchkata.suite.settings import Settings
from torchkata.suite.submission import SubmissionError, submitted


@dataclass
class KataSession:
    """The state of one run, kept in pytest's config.

    `devices` are those of this run, `all_devices` those that there are. `submission` holds a
    student's files by exercise, where they are judged in place of those in exercises/. `is_alone`
    is set where nobody could answer a debugger.
    """

    suite: Suite
    devices: tuple[str, ...]
    all_devices: tuple[str, ...]
    settings: Settings
    submission: Mapping[str, Path] | None = None
    is_alone: bool = False
    _judges: dict[tuple[str, bool], Judge] = field(default_factory=dict)

    @classmethod
    def of(cls, config: pytest.Config) -> "KataSession":
        """The run's session, made when first asked for. Raises pytest.UsageError."""
        session = config.stash.get(_KEY, None)
        if session is None:
            try:
                suite = read_suite(find_root(config.rootpath))
                devices = choose(config.getoption("kata_devices"))
                folder = config.getoption("kata_submission")
                submission = None if folder is None else submitted(Path(folder), suite)
                if folder is not None:
                    _refuse_conftest(config, Path(folder))
            except (SuiteError, DeviceError, SubmissionError) as error:
                raise pytest.UsageError(str(error)) from None
            settings = Settings(
                seed=config.getoption("kata_seed"),
                limit=config.getoption("kata_timeout"),
                show_prints=config.getoption("capture") == "no",
                crash_fd=config.stash.get(CRASH_FD, None),
            )
            with terminal_free(config):
                is_alone = nobody_answers()
            session = cls(suite, devices, available(), settings, submission, is_alone)
            config.stash[_KEY] = session
        return session

    def breakpoints(self) -> AbstractContextManager[None]:
        """Within it a breakpoint stops, or is passed by where nobody could answer."""
        return passed_by() if self.is_alone else nullcontext()

    def judge(self, exercise: Exercise) -> Judge:
        """The judge of a learner's file, with the answer key that was kept."""
        return self._judge(exercise, kept=True)

    def checker(self, exercise: Exercise) -> Judge:
        """The judge of the suite itself, who makes everything anew."""
        return self._judge(exercise, kept=False)

    def _judge(self, exercise: Exercise, kept: bool) -> Judge:
        place = exercise.key, kept
        if place not in self._judges:
            cache = answer_keys() if kept else None
            self._judges[place] = Judge(exercise, self.settings, cache)
        return self._judges[place]


def _refuse_conftest(config: pytest.Config, folder: Path) -> None:
    """Refuse a run in which pytest has taken the submission's folder for a folder of tests.

    It reads the command line before it knows our options, and then runs that folder's conftest.py.
    """
    for plugin in config.pluginmanager.get_plugins():
        path = getattr(plugin, "__file__", None)
        if path is not None and folder in Path(path).parents:
            raise SubmissionError(
                f"--submission {str(folder)!r}: pytest has run a conftest.py of it. "
                "Write --submission=DIR, as one word: then it does not."
            )


_KEY = pytest.StashKey[KataSession]()


def exercise_of(config: pytest.Config, path: Path) -> Exercise | None:
    """The exercise that has `path` among its files; None where none has."""
    root = config.rootpath
    if root not in path.parents or path.suffix != ".py":
        return None
    if path.relative_to(root).parts[0] not in ("exercises", "tests"):
        return None
    return KataSession.of(config).suite.with_file(path)
