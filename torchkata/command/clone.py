"""What is wrong with this clone: its engine, its pytest, its files."""

import shlex
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from torchkata.command import folders, machine
from torchkata.command.finding import Finding
from torchkata.practice.progress import standings
from torchkata.suite.curriculum import Suite

_SHOWN = 4


def engine(root: Path) -> Iterator[Finding]:
    """Whether the torchkata that runs is the clone's own: pytest takes that, `kata` this."""
    own = root / "torchkata"
    if own.is_dir() and not own.samefile(machine.ENGINE):
        told = f"what runs is {machine.ENGINE}, not this clone's {own}"
        yield Finding("problem", "torchkata", told, machine.pip("-e", str(root)))
        return
    try:
        version = metadata.version("torchkata")
    except metadata.PackageNotFoundError:
        return  # the packages' finding
    missed = _not_known(root) if own.is_dir() else []
    if missed:
        told = f"{version} was installed before pyproject.toml asked for {', '.join(missed)}"
        yield Finding("warning", "torchkata", told, machine.pip("-e", str(root)))
    else:
        yield Finding("ok", "torchkata", f"{version}, {machine.ENGINE}")


def _not_known(root: Path) -> list[str]:
    """The dependencies that stand in pyproject.toml and not in what is installed."""
    from packaging.requirements import Requirement

    known = machine.requirements()
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [each for each in project["dependencies"] if Requirement(each) not in known]


def pytest(root: Path) -> Iterator[Finding]:
    """Whether pytest runs with the plugin of torchkata."""
    command = [sys.executable, "-m", "pytest"]
    status, out, err = machine.ran([*command, "--help"], root)
    if status != 0:
        told = f"`pytest --help` {machine.ending(status, err)}"
        whole = shlex.join([*command, "--collect-only", "exercises"])
        remedy = f"For the whole message: `cd {shlex.quote(str(root))} && {whole}`"
        yield Finding("problem", "pytest", told, remedy)
    elif "--kata-seed" not in out:
        told = f"runs without torchkata's plugin, which {root / 'conftest.py'} must name"
        remedy = f"`git -C {shlex.quote(str(root))} checkout -- conftest.py`"
        yield Finding("problem", "pytest", told, remedy)
    else:
        yield Finding("ok", "pytest", "runs, with torchkata's plugin")


def files(suite: Suite) -> Iterator[Finding]:
    """Whether each exercise has its three files."""
    root = suite.root
    files = [
        path.relative_to(root)
        for each in suite.exercises
        for path in (each.stub_path, each.solution_path, each.test_path)
        if not path.is_file()
    ]
    if files:
        told = f"{_counted(len(files), 'file')} of {root} missing: {_listed(files)}"
        names = shlex.join(map(str, files[:_SHOWN]))
        remedy = f"`git -C {shlex.quote(str(root))} checkout -- {names}` brings them back."
        yield Finding("problem", "suite", told, remedy)
        return
    topics, exercises = len(suite.topics), len(suite.exercises)
    counts = f"{_counted(topics, 'topic')}, {_counted(exercises, 'exercise')}"
    yield Finding("ok", "suite", f"{root}, {counts}")


def exercises(suite: Suite) -> Iterator[Finding]:
    """Whether the learner's files can be written to."""
    folder = suite.root / "exercises"
    refused: list[Path] = []
    first: OSError | None = None
    for exercise in suite.exercises:
        try:
            exercise.stub_path.open("r+b").close()
        except FileNotFoundError:
            continue  # a missing file is the suite's finding
        except OSError as error:
            first = first or error
            refused.append(exercise.stub_path.relative_to(suite.root))
    if first is None:
        yield from folders.writable("exercises", folder)
    else:
        told = f"{_counted(len(refused), 'file')} can't be written to: {_listed(refused)}"
        told += f": {first.strerror}"
        yield Finding("problem", "exercises", told, folders.granting(folder, first))


def progress(suite: Suite) -> Iterator[Finding]:
    """How much of the curriculum is solved."""
    found = standings(suite)
    solved = sum(each.state == "solved" for each in found)
    yield Finding("ok", "progress", f"{solved} of {_counted(len(found), 'exercise')} solved")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _listed(paths: list[Path]) -> str:
    rest = len(paths) - _SHOWN
    return ", ".join(map(str, paths[:_SHOWN])) + (f" and {rest} more" if rest > 0 else "")
