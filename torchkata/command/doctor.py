"""What is wrong with this machine and this clone, found by trying, and what to do about it."""

from collections.abc import Iterator
from pathlib import Path

from torchkata.command import clone, folders, machine
from torchkata.command.finding import Finding
from torchkata.suite.curriculum import SuiteError, find_root, read_suite

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
    yield from _tried("temp", folders.temporary())
    yield from _tried("answer keys", _answer_keys())
    of_grading = list(_tried("grading", _grading()))
    yield from of_grading
    if outside:
        yield Finding("problem", "suite", outside)
        return
    yield from _tried("torchkata", clone.engine(root))
    yield from _tried("pytest", clone.pytest(root))
    yield from _tried("root", folders.writable("root", root))
    yield from _tried("saves", folders.saves(root))
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


def _suite(root: Path) -> Iterator[Finding]:
    suite = read_suite(root)
    yield from _tried("suite", clone.files(suite))
    yield from _tried("exercises", clone.exercises(suite))
    yield from _tried("progress", clone.progress(suite))
