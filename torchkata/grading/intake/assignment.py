"""An assignment: what is graded, for how many points, and what students may see of it.

docs/assignment.md describes the file that it is read from.
"""

import ast
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from torchkata.grading.intake.lateness import Late, read_late
from torchkata.grading.intake.reading import Key, Reading, lines_of, number, whole
from torchkata.suite.curriculum import Exercise, Suite, SuiteError, did_you_mean

Scoring = Literal["all", "share"]
"""`all`: the points for a solved exercise or none. `share`: by the share of properties passed."""

_DEVICES = ("cpu", "sim")
_KNOWN_DEVICES = (*_DEVICES, "cuda")
_OPTIONS = ("points", "scoring", "visible")
_RUNNING = ("devices", "limit", "memory", "seed", "reseed")
_KEYS = ("title", "topics", "exercises", *_OPTIONS, *_RUNNING, "late")


class AssignmentError(Exception):
    """An assignment file has mistakes; the message has a line for each."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """One exercise of an assignment, by its key (`indexing/one_hot`).

    `visible` are the names of the properties whose details a student may see; None for all.
    """

    exercise: str
    points: float = 1.0
    scoring: Scoring = "all"
    visible: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """`limit` is in seconds for an exercise of a student, `memory` in MiB for its processes.

    Without a `seed` one is drawn for the class, that nobody has prepared for. With `reseed`, what
    is resubmitted is judged on inputs of another seed.
    """

    title: str
    exercises: tuple[Assigned, ...]
    devices: tuple[str, ...] = _DEVICES
    limit: float = 10.0
    memory: int = 2048
    seed: int | None = None
    reseed: bool = False
    late: Late | None = None


def whole_suite(suite: Suite) -> Assignment:
    """All exercises of the suite that can be judged here, one point each."""
    return Assignment("All exercises", tuple(Assigned(each.key) for each in suite.judged))


def read_assignment(path: Path, suite: Suite) -> Assignment:
    """The assignment in the TOML file at `path`, of exercises that `suite` has.

    Raises AssignmentError with all mistakes: each names the key, the value and what is allowed.
    Raises SuiteError where `visible` names properties and a test file can't be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AssignmentError(f"{path}: can't be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise AssignmentError(f"{path}: is not UTF-8: {error}.") from None
    try:
        table = tomllib.loads(text)
    # A number of very many digits and very deep brackets are refused by Python, not by tomllib.
    except (ValueError, RecursionError) as error:
        raise AssignmentError(f"{path}: is not valid TOML: {error}.") from None
    reading = Reading(path, lines_of(text))
    assignment = _assignment(reading, table, suite)
    if reading.mistakes:
        raise AssignmentError("\n".join(reading.mistakes))
    return assignment


def property_names(exercise: Exercise) -> tuple[str, ...]:
    """The names of an exercise's properties, in order, from the text of its test file.

    Raises SuiteError where that can't be read.
    """
    path = exercise.test_path
    try:
        tree = ast.parse(path.read_bytes())
    except OSError as error:
        raise SuiteError(f"{path}: can't be read: {error.strerror}") from None
    except (SyntaxError, ValueError) as error:
        raise SuiteError(f"{path}: is not valid Python: {error}") from None
    return tuple(
        node.name.removeprefix("test_")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any(map(_is_forall, node.decorator_list))
    )


def _names_of(reading: Reading, exercise: Exercise) -> tuple[str, ...]:
    """The names of an exercise's properties, read when first asked for."""
    if exercise not in reading.properties:
        reading.properties[exercise] = property_names(exercise)
    return reading.properties[exercise]


def _is_forall(decorator: ast.expr) -> bool:
    match decorator:
        case ast.Call(func=ast.Name(id="forall") | ast.Attribute(attr="forall")):
            return True
    return False


def _assignment(reading: Reading, table: Mapping[str, Any], suite: Suite) -> Assignment:
    reading.only((), table, _KEYS)
    common = _options(reading, (), table)
    topics = _entries(reading, "topics", table, lambda name: _topic(suite, name))
    named = _entries(reading, "exercises", table, lambda name: _exercise(suite, name))
    judged = suite.judged
    exercises: dict[str, Exercise] = {}
    options: dict[str, dict[str, Any]] = {}
    for name, own in topics.items():
        members = [each for each in suite.topic(name).exercises if each in judged]
        _check_visible(reading, own, members, name)
        for each in members:
            exercises[each.key], options[each.key] = each, {**common, **own}
    for key, own in named.items():
        exercises[key] = suite.find(key)
        _check_visible(reading, own, [exercises[key]], key)
        options[key] = {**options.get(key, common), **own}
    if not ("topics" in table or "exercises" in table):
        exercises = {each.key: each for each in judged}
        options = dict.fromkeys(exercises, common)
    elif not exercises and not reading.mistakes:
        key = "exercises" if "exercises" in table else "topics"
        reading.wrong((key,), " names nothing; leave it out to grade all exercises.")
    if not reading.mistakes:  # an exercise that was not found has properties too
        _check_visible(reading, common, exercises.values(), "this assignment")
    limits = _limits(reading, table)
    assigned = tuple(_assigned(reading, exercises[key], options[key]) for key in exercises)
    return Assignment(_title(reading, table), assigned, **limits)


def _entries(
    reading: Reading, kind: str, table: Mapping[str, Any], find: Callable[[str], str]
) -> dict[str, dict[str, Any]]:
    """What a file says under `topics` or `exercises`: each one's key with its own options."""
    match table.get(kind, []):
        case dict() as named:
            pairs = list(named.items())
        case list() as names if all(isinstance(each, str) for each in names):
            pairs = [(each, {}) for each in names]
        case other:
            allowed = f'a list of names, as in {kind} = ["…"], or a table [{kind}]'
            reading.must_be((kind,), other, allowed)
            return {}
    found: dict[str, dict[str, Any]] = {}
    for name, value in pairs:
        place = (kind, name)
        try:
            key = find(name)
        except SuiteError as error:
            reading.wrong((kind,) if place not in reading.lines else place, f": {error}")
            continue
        if key in found:
            reading.wrong((kind,), f" names {key} twice.")
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[key] = _options(reading, place, {"points": value}, short=True)
        elif isinstance(value, dict):
            reading.only(place, value, _OPTIONS)
            found[key] = _options(reading, place, value)
        else:
            allowed = f"its points, or a table of {', '.join(_OPTIONS)}"
            reading.must_be(place, value, allowed)
    return found


def _topic(suite: Suite, name: str) -> str:
    try:
        return suite.topic(name).name
    except SuiteError:
        if any(name in (each.name, each.key) for each in suite.exercises):
            raise SuiteError(f"{name!r} is an exercise: name it under exercises.") from None
        raise


def _exercise(suite: Suite, name: str) -> str:
    if any(name == each.name for each in suite.topics):
        raise SuiteError(f"{name!r} is a topic: name it under topics.")
    found = suite.find(name)
    if found.set_aside is not None:
        raise SuiteError(f"{found.key} {found.set_aside}")
    return found.key


def _options(
    reading: Reading, key: Key, table: Mapping[str, Any], short: bool = False
) -> dict[str, Any]:
    """Those of points, scoring and visible that a table has. `short`: the key itself is points."""
    options: dict[str, Any] = {}
    if "points" in table:
        place = key if short else (*key, "points")
        options["points"] = number(reading, place, table["points"], 0, 1_000_000)
    if "scoring" in table:
        options["scoring"] = table["scoring"]
        if table["scoring"] not in ("all", "share"):
            reading.must_be((*key, "scoring"), table["scoring"], '"all" or "share"')
    if "visible" in table:
        match table["visible"]:
            case "all":
                options["visible"] = None
            case list() as names if all(isinstance(each, str) for each in names):
                options["visible"] = _Visible((*key, "visible"), frozenset(names))
            case other:
                allowed = '"all" or a list of names of properties'
                reading.must_be((*key, "visible"), other, allowed)
    return options


@dataclass(frozen=True, slots=True)
class _Visible:
    """Names of properties, and the key that gives them."""

    key: Key
    names: frozenset[str]


def _check_visible(
    reading: Reading, options: Mapping[str, Any], exercises: Iterable[Exercise], whose: str
) -> None:
    visible = options.get("visible")
    if not isinstance(visible, _Visible) or not visible.names:
        return
    known = {name: name for each in exercises for name in _names_of(reading, each)}
    for name in sorted(visible.names - known.keys()):
        near = did_you_mean(name, known)
        if not near and len(known) <= 10:
            near = f" Choose from {', '.join(known)}."
        reading.wrong(visible.key, f" names {name!r}, which is no property of {whose}.{near}")


def _assigned(reading: Reading, exercise: Exercise, options: Mapping[str, Any]) -> Assigned:
    visible = options.get("visible")
    if isinstance(visible, _Visible):
        names = visible.names and visible.names.intersection(_names_of(reading, exercise))
        return Assigned(exercise.key, **{**options, "visible": names})
    return Assigned(exercise.key, **options)


def _title(reading: Reading, table: Mapping[str, Any]) -> str:
    title = table.get("title", reading.path.stem)
    if isinstance(title, str) and title.strip() and title.isprintable():
        return title
    reading.must_be(("title",), title, "a text of one line")
    return ""


def _limits(reading: Reading, table: Mapping[str, Any]) -> dict[str, Any]:
    """Those of devices, limit, memory, seed, reseed and late that a file has."""
    found: dict[str, Any] = {}
    if "devices" in table:
        found["devices"] = _devices(reading, table["devices"])
    if "limit" in table:
        limit = number(reading, ("limit",), table["limit"], 0.1, 3600, "seconds")
        found["limit"] = limit
    if "memory" in table:
        found["memory"] = whole(reading, "memory", table["memory"], 64, 1 << 20, "MiB")
    if "seed" in table:
        found["seed"] = whole(reading, "seed", table["seed"], 0, (1 << 63) - 1)
    if "reseed" in table:
        found["reseed"] = table["reseed"]
        if not isinstance(table["reseed"], bool):
            reading.must_be(("reseed",), table["reseed"], "true or false")
    if "late" in table:
        found["late"] = read_late(reading, table["late"])
    return found


def _devices(reading: Reading, value: object) -> tuple[str, ...]:
    match value:
        case [*names] if names and all(each in _KNOWN_DEVICES for each in names):
            return tuple(name for name in _KNOWN_DEVICES if name in names)
        case _:
            reading.must_be(("devices",), value, 'a list of "cpu", "sim" and "cuda"')
    return ()
