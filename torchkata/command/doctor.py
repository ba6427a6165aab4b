"""What is wrong with this machine and this clone, found by trying, and what to do about it."""

import contextlib
import os
import shlex
import shutil
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from torchkata.command import machine
from torchkata.command.finding import Finding
from torchkata.practice.progress import standings
from torchkata.suite.curriculum import Suite, SuiteError, find_root, read_suite

_SAVE_LIMIT = 2.0
_LEAST_FREE = 200 * 10**6
_SHOWN = 4
_JUDGING_LIMIT = 60.0


def findings(start: Path) -> Iterator[Finding]:
    """Look at this machine and at the suite around `start`, and yield what is found as it is found.

    Raises nothing: what can't be looked at is a finding too.
    """
    outside = ""
    try:
        root = find_root(start)
    except (SuiteError, OSError) as error:
        root, outside = start, str(error)
    yield from _tried("python", machine.python())
    yield from _tried("environment", machine.environment())
    yield from _tried("packages", machine.packages())
    of_torch = list(_tried("torch", machine.torch(root)))
    yield from of_torch
    yield from _tried("editor", machine.editor())
    yield from _tried("terminal", machine.terminal())
    yield from _tried("temp", _temporary())
    yield from _tried("answer keys", _answer_keys())
    of_grading = list(_tried("grading", _grading()))
    yield from of_grading
    if outside:
        yield Finding("problem", "suite", outside)
        return
    yield from _tried("torchkata", _engine(root))
    yield from _tried("pytest", _pytest(root))
    yield from _tried("root", _folder("root", root))
    yield from _tried("saves", _saves(root))
    yield from _tried("suite", _suite(root))
    # Of each that is broken it is told already.
    if all(each.state == "ok" and not each.remedy for each in (*of_torch, *of_grading)):
        yield from _tried("judging", _judging(root))


def _tried(thing: str, check: Iterator[Finding]) -> Iterator[Finding]:
    """What a check yields, and whatever it raises as one finding more."""
    try:
        yield from check
    except SuiteError as error:
        yield Finding("problem", thing, str(error))
    except Exception as error:
        told = f"could not be looked at: {type(error).__name__}: {error}"
        remedy = "If no other problem explains that, it is a bug of torchkata: report these lines."
        yield Finding("problem", thing, told, remedy)


def _temporary() -> Iterator[Finding]:
    try:
        folder = Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        remedy = "`export TMPDIR=FOLDER`, a folder that you may write to"
        yield Finding("problem", "temp", str(error.strerror), remedy)
        return
    yield from _folder("temp", folder)


def _answer_keys() -> Iterator[Finding]:
    """Where answer keys are kept, and how large they are. Without a place all is only slower."""
    from torchkata.suite.cache import answer_keys

    cache = answer_keys()
    slower = "each run makes them anew"
    if cache is None:
        remedy = "`export XDG_CACHE_HOME=FOLDER`, a folder that you may write to"
        yield Finding("warning", "answer keys", f"you have no cache folder: {slower}", remedy)
        return
    try:
        cache.make()
        size = cache.size()
    except OSError as error:
        told = f"can't be kept in {cache.folder}: {error.strerror}; {slower}"
        remedy = "`export XDG_CACHE_HOME=FOLDER`, a folder that you may write to"
        yield Finding("warning", "answer keys", told, remedy)
        return
    yield Finding("ok", "answer keys", f"{size / 10**6:.1f} MB in {cache.folder}")


def clean() -> str:
    """Remove the answer keys that were kept; a sentence on it. Raises SuiteError where it can't."""
    from torchkata.suite.cache import answer_keys

    cache = answer_keys()
    if cache is None:
        return "No answer keys are kept: you have no cache folder."
    try:
        freed = cache.clean()
    except OSError as error:
        raise SuiteError(f"{cache.folder} can't be emptied: {error.strerror}") from None
    return f"Removed {freed / 10**6:.1f} MB of answer keys from {cache.folder}"


def _grading() -> Iterator[Finding]:
    """How each layer of the sandbox does. A learner needs none: what is missing is no warning."""
    from torchkata.grading.sandbox import users
    from torchkata.grading.sandbox.layers import layers

    found = layers()
    missing = [each for each in found if not each.works]
    if not missing:
        names = ", ".join(each.name for each in found)
        yield Finding("ok", "grading", f"each layer of the sandbox works: {names}")
        return
    told = "; ".join(f"{each.name}: {each.says}" for each in missing)
    remedy = " ".join(dict.fromkeys(each.remedy for each in missing if each.remedy))
    of_users = () if any(each.works for each in found) else users.layers(())
    if of_users and all(each.works for each in of_users):
        told = f"each worker has a user of its own, for want of namespaces. {told.rstrip('.')}. "
        told += "What is lacking: "
        yield Finding("ok", "grading", told + "; ".join(users.lacks()))
        return
    told += "".join(f"; {each.name}: {each.says}" for each in of_users if not each.works)
    yield Finding("ok", "grading", f"not protected, and only `kata grade` needs it. {told}", remedy)


def _judging(root: Path) -> Iterator[Finding]:
    """Whether `kata grade` finds a solution right."""
    from torchkata.grading.intake.assignment import Assignment
    from torchkata.grading.judging.pool import Pool
    from torchkata.grading.protection import hidden, protection
    from torchkata.grading.whole_class import NothingJudged, check_judging

    suite = read_suite(root)
    assignment = Assignment("", (), limit=_JUDGING_LIMIT, seed=0)
    places = protection(hidden(suite)).places(suite, assignment, 1)
    try:
        with Pool(places, assignment) as pool:
            check_judging(pool, suite, [each.key for each in suite.judged], seed=0)
    except NothingJudged as error:
        yield Finding("warning", "judging", str(error), "Only `kata grade` needs it.")
        return
    yield Finding("ok", "judging", "a solution is found right, in the sandbox")


def _engine(root: Path) -> Iterator[Finding]:
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


def _pytest(root: Path) -> Iterator[Finding]:
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


def _folder(thing: str, folder: Path) -> Iterator[Finding]:
    """Whether files can be made in a folder."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".kata-doctor-") as file:
            file.write(b"." * 4096)
            file.flush()
    except OSError as error:
        told = f"no file can be made in {folder}: {error.strerror}"
        yield Finding("problem", thing, told, _granting(folder, error))
        return
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        told = f"only {free / 10**6:.0f} MB are free in {folder}"
        remedy = f"Remove what you don't need: `du -sh {shlex.quote(str(folder))}/*`"
        yield Finding("warning", thing, told, remedy)
    else:
        yield Finding("ok", thing, f"{folder} can be written to, {free / 10**9:.1f} GB free")


def _suite(root: Path) -> Iterator[Finding]:
    suite = read_suite(root)
    yield from _tried("suite", _files(suite))
    yield from _tried("exercises", _exercises(suite))
    yield from _tried("progress", _progress(suite))


def _files(suite: Suite) -> Iterator[Finding]:
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


def _exercises(suite: Suite) -> Iterator[Finding]:
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
        yield from _folder("exercises", folder)
    else:
        told = f"{_counted(len(refused), 'file')} can't be written to: {_listed(refused)}"
        told += f": {first.strerror}"
        yield Finding("problem", "exercises", told, _granting(folder, first))


def _progress(suite: Suite) -> Iterator[Finding]:
    found = standings(suite)
    solved = sum(each.state == "solved" for each in found)
    yield Finding("ok", "progress", f"{solved} of {_counted(len(found), 'exercise')} solved")


def _saves(root: Path) -> Iterator[Finding]:
    remedy = "`kata watch --poll` looks by itself."
    exercises = root / "exercises"
    try:
        with tempfile.TemporaryDirectory(dir=exercises, prefix=".kata-doctor-") as folder:
            arrived = _save_arrives(Path(folder))
    except (OSError, RuntimeError) as error:  # watchfiles' own errors are RuntimeErrors
        told = f"the files in {exercises} can't be watched: {error}"
        yield Finding("warning", "saves", told, remedy)
        return
    if arrived:
        yield Finding("ok", "saves", "arrive")
    else:
        told = f"a save in {exercises} did not arrive within {_SAVE_LIMIT:g} s"
        yield Finding("warning", "saves", told, remedy)


def _save_arrives(folder: Path) -> bool:
    """Whether a watcher tells of a save. It is made again and again: some watch only soon after."""
    from watchfiles import watch

    stop = threading.Event()

    def save() -> None:
        while not stop.wait(0.1):
            with contextlib.suppress(OSError):
                (folder / "saved").write_bytes(b"saved")

    saving = threading.Thread(target=save)
    saving.start()
    limit = int(_SAVE_LIMIT * 1000)
    try:
        return bool(next(watch(folder, rust_timeout=limit, yield_on_timeout=True, debounce=200)))
    finally:
        stop.set()
        saving.join()


def _granting(folder: Path, error: OSError) -> str:
    """What makes a folder one that can be written to."""
    if not isinstance(error, PermissionError):
        return f"Look at what is there: `ls -ld {shlex.quote(str(folder))}`, and `df -h`"
    if folder.stat().st_uid == os.getuid():
        return f"`chmod -R u+rwX {shlex.quote(str(folder))}`"
    return f'`sudo chown -R "$(id -un)" {shlex.quote(str(folder))}`'


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _listed(paths: list[Path]) -> str:
    rest = len(paths) - _SHOWN
    return ", ".join(map(str, paths[:_SHOWN])) + (f" and {rest} more" if rest > 0 else "")
