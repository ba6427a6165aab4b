"""What one pytest run holds: its devices, its settings, the suite, a judge for each exercise."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from torchkata.devices import DeviceError, available, choose
from torchkata.judging import Judge
from torchkata.options import CRASH_FD
from torchkata.settings import Settings
from torchkata.suite import Exercise, Suite, SuiteError, find_root, read_suite


@dataclass
class KataSession:
    """The state of one run, kept in pytest's config.

    `devices` are those of this run, `all_devices` those that there are.
    """

    suite: Suite
    devices: tuple[str, ...]
    all_devices: tuple[str, ...]
    settings: Settings
    judges: dict[str, Judge] = field(default_factory=dict)

    @classmethod
    def of(cls, config: pytest.Config) -> "KataSession":
        """The run's session, made when first asked for. Raises pytest.UsageError."""
        session = config.stash.get(_KEY, None)
        if session is None:
            try:
                suite = read_suite(find_root(config.rootpath))
                devices = choose(config.getoption("kata_devices"))
            except (SuiteError, DeviceError) as error:
                raise pytest.UsageError(str(error)) from None
            settings = Settings(
                seed=config.getoption("kata_seed"),
                limit=config.getoption("kata_timeout"),
                show_prints=config.getoption("capture") == "no",
                crash_fd=config.stash.get(CRASH_FD, None),
            )
            session = config.stash[_KEY] = cls(suite, devices, available(), settings)
        return session

    def judge(self, exercise: Exercise) -> Judge:
        if exercise.key not in self.judges:
            self.judges[exercise.key] = Judge(exercise, self.settings)
        return self.judges[exercise.key]


_KEY = pytest.StashKey[KataSession]()


def exercise_of(config: pytest.Config, path: Path) -> Exercise | None:
    """The exercise that has `path` among its files; None where none has."""
    root = config.rootpath
    if root not in path.parents or path.suffix != ".py":
        return None
    if path.relative_to(root).parts[0] not in ("exercises", "tests"):
        return None
    return KataSession.of(config).suite.with_file(path)
