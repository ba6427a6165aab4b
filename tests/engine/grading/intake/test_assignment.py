"""The assignment file: what it may say, what it means, and what its mistakes are told as."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from torchkata.grading.intake.assignment import (
    Assigned,
    Assignment,
    AssignmentError,
    property_names,
    read_assignment,
    whole_suite,
)
from torchkata.grading.intake.lateness import Late
from torchkata.suite.curriculum import SuiteError, read_suite

ROOT = Path(__file__).parents[4]

SECOND = '''

@forall(x=st.tensors(dtype=st.just(torch.float32)))
def test_keeps_the_{name}(impl, x):
    """Something is kept."""
    return impl.{name}(x)


def test_helper(impl):
    """No property."""
'''


@pytest.fixture
def suite(little):
    """A suite in which each exercise has the properties `multiplies` and `keeps_the_NAME`."""
    suite = read_suite(little.root)
    for each in suite.exercises:
        with each.test_path.open("a") as file:
            file.write(SECOND.format(name=each.name))
    return suite


@pytest.fixture
def read(suite, tmp_path):
    """Reads an assignment file with this text."""

    def read(text):
        path = tmp_path / "week3.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_assignment(path, suite)

    return read


@pytest.fixture
def mistakes(read, tmp_path):
    """The lines that are told of an assignment file with this text, without its path."""

    def mistakes(text):
        with pytest.raises(AssignmentError) as told:
            read(text)
        path = str(tmp_path / "week3.toml")
        lines = str(told.value).split("\n")
        assert all(line.startswith(path) for line in lines)
        return [line.removeprefix(path) for line in lines]

    return mistakes


def test_without_a_file_each_exercise_is_worth_a_point(suite):
    assert whole_suite(suite) == Assignment(
        "All exercises",
        (Assigned("times/double"), Assigned("times/triple"), Assigned("more/fivefold")),
    )


@pytest.mark.parametrize("text", ["", "\ufeff# nothing\n"])
def test_an_empty_file_is_all_exercises_under_its_own_name(read, suite, text):
    assert read(text) == Assignment("week3", whole_suite(suite).exercises)


def test_two_lines_are_enough(read):
    assert read('title = "Multiplication"\ntopics = ["times"]') == Assignment(
        "Multiplication", (Assigned("times/double"), Assigned("times/triple"))
    )


def test_what_a_file_can_say_at_the_top(read):
    found = read(
        'title = "T"\npoints = 0.5\nscoring = "share"\nvisible = []\ndevices = ["sim", "cpu"]\n'
        "limit = 2\nmemory = 512\nseed = 7\nreseed = true\nexercises = ['triple']"
    )
    assert found == Assignment(
        "T",
        (Assigned("times/triple", 0.5, "share", frozenset()),),
        devices=("cpu", "sim"),
        limit=2.0,
        memory=512,
        seed=7,
        reseed=True,
    )


def test_devices_stand_in_one_order(read):
    found = read('devices = ["cuda", "sim", "cpu"]')
    assert found.devices == ("cpu", "sim", "cuda")


def test_lateness_has_dates_with_their_offsets(read):
    found = read(
        "[late]\ndue = 2026-10-05T23:59:00+02:00\npercent = 10\ncap = 50\nzone = 'Europe/Berlin'\n"
        "[late.extensions]\nada = 2026-10-08T22:00:00Z"
    )
    due = datetime(2026, 10, 5, 21, 59, tzinfo=UTC)
    ada = datetime(2026, 10, 8, 22, tzinfo=UTC)
    assert found.late == Late(due, 10, 50, "Europe/Berlin", {"ada": ada})
    assert read("[late]\ndue = 2026-10-05T21:59:00Z\npercent = 1.5").late == Late(due, 1.5, 100)


def test_the_most_special_wins(read):
    found = read(
        "points = 9\nscoring = 'share'\n"
        "[exercises]\nfivefold = {}\ndouble = 3\n"
        "[topics.times]\npoints = 2\nscoring = 'all'"
    )
    assert found.exercises == (
        Assigned("times/double", 3.0, "all"),
        Assigned("times/triple", 2.0, "all"),
        Assigned("more/fivefold", 9.0, "share"),
    )


def test_exercises_stand_in_the_order_of_the_file(read):
    found = read('exercises = ["more/fivefold", "double"]\ntopics = []')
    assert [each.exercise for each in found.exercises] == ["more/fivefold", "times/double"]


def test_visible_names_hold_where_an_exercise_has_them(read):
    found = read(
        'visible = ["keeps_the_double", "multiplies"]\ntopics = ["times"]\n'
        '[exercises.fivefold]\nvisible = "all"'
    )
    assert [each.visible for each in found.exercises] == [
        frozenset({"keeps_the_double", "multiplies"}),
        frozenset({"multiplies"}),
        None,
    ]


def test_visible_can_be_told_for_a_topic_and_for_an_exercise(read):
    found = read(
        "[topics.times]\nvisible = ['keeps_the_double']\n[exercises]\n"
        "triple = { visible = ['keeps_the_triple'] }"
    )
    assert [each.visible for each in found.exercises] == [
        frozenset({"keeps_the_double"}),
        frozenset({"keeps_the_triple"}),
    ]


A_NUMBER = "it must be a number from 0 to 1,000,000."
VISIBLE = 'it must be "all" or a list of names of properties.'
DEVICES = 'it must be a list of "cpu", "sim" and "cuda".'
NAMES = '; it must be a list of names, as in exercises = ["…"], or a table [exercises].'
MISTAKES = {
    "title": ("title = 3", ":1: title is 3; it must be a text of one line."),
    "blank title": ("title = ' '", ':1: title is " "; it must be a text of one line.'),
    "long title": (
        'title = "a\\nb"',
        ':1: title is "a\\nb"; it must be a text of one line.',
    ),
    "points": ("points = -1", f":1: points is -1; {A_NUMBER}"),
    "points as text": ("points = '3'", f':1: points is "3"; {A_NUMBER}'),
    "points as truth": ("points = true", f":1: points is true; {A_NUMBER}"),
    "points without end": ("points = inf", f":1: points is inf; {A_NUMBER}"),
    "points that are none": ("points = nan", f":1: points is nan; {A_NUMBER}"),
    "far too many points": (f"points = {10**400}", f":1: points is {10**400}; {A_NUMBER}"),
    "points of a topic": (
        "\n[topics]\ntimes = -2",
        f":3: topics.times is -2; {A_NUMBER}",
    ),
    "points of an exercise": (
        "[exercises]\n[exercises.double]\nscoring = 'all'\npoints = [1]",
        f":4: exercises.double.points is [1]; {A_NUMBER}",
    ),
    "points within a line": (
        "# first\nexercises = { 'times/double' = { points = -1 } }",
        f':2: exercises."times/double".points is -1; {A_NUMBER}',
    ),
    "scoring": (
        "scoring = 'some'",
        ':1: scoring is "some"; it must be "all" or "share".',
    ),
    "visible": ("visible = true", f":1: visible is true; {VISIBLE}"),
    "visible numbers": ("visible = [1]", f":1: visible is [1]; {VISIBLE}"),
    "a property that is nowhere": (
        "visible = ['multiplis']",
        ":1: visible names 'multiplis', which is no property of this assignment. "
        "Did you mean multiplies?",
    ),
    "another topic's property": (
        "exercises.fivefold.visible = ['keeps_the_double']\n",
        ":1: exercises.fivefold.visible names 'keeps_the_double', which is no property of "
        "more/fivefold. Did you mean keeps_the_fivefold?",
    ),
    "a property like no other": (
        "[topics.more]\nvisible = ['multiplies', 'XYZ']\n",
        ":2: topics.more.visible names 'XYZ', which is no property of more. "
        "Choose from multiplies, keeps_the_fivefold.",
    ),
    "devices": ("devices = 'cpu'", f':1: devices is "cpu"; {DEVICES}'),
    "no device": ("devices = []", f":1: devices is []; {DEVICES}"),
    "another device": ("devices = ['tpu']", f':1: devices is ["tpu"]; {DEVICES}'),
    "limit": (
        "limit = 0",
        ":1: limit is 0; it must be a number of seconds from 0.1 to 3,600.",
    ),
    "memory": (
        "memory = 2.5",
        ":1: memory is 2.5; it must be a whole number of MiB from 64 to 1,048,576.",
    ),
    "seed": (
        "seed = -1",
        ":1: seed is -1; it must be a whole number from 0 to 9,223,372,036,854,775,807.",
    ),
    "reseed": ("reseed = 1", ":1: reseed is 1; it must be true or false."),
    "late": ('late = "no"', ':1: late is "no"; it must be a table [late] with due and percent.'),
    "late without a date": (
        "[late]\npercent = 10",
        ":1: late has no due; it needs due, a date, and percent, a number.",
    ),
    "a date without an offset": (
        "[late]\ndue = 2026-10-05T23:59:00\npercent = 10",
        ":2: late.due is 2026-10-05T23:59:00; it must be a date and a time with its offset from "
        "UTC, such as 2026-10-05T23:59:00+02:00.",
    ),
    "too much for a day": (
        "[late]\ndue = 2026-10-05T23:59:00Z\npercent = 101",
        ":3: late.percent is 101; it must be a number from 0 to 100.",
    ),
    "a cap": (
        "[late]\ndue = 2026-10-05T23:59:00Z\npercent = 10\ncap = -1",
        ":4: late.cap is -1; it must be a number from 0 to 100.",
    ),
    "a zone": (
        '[late]\ndue = 2026-10-05T23:59:00Z\npercent = 10\nzone = "Berlin"',
        ':4: late.zone is "Berlin"; it must be the name of a time zone, such as "Europe/Berlin".',
    ),
    "no key of lateness": (
        "[late]\ndue = 2026-10-05T23:59:00Z\npercent = 10\nzzz = 1",
        ":4: late.zzz is no key of an assignment. Choose from due, percent, cap, zone, extensions.",
    ),
    "an extension": (
        "[late]\ndue = 2026-10-05T23:59:00Z\npercent = 10\n[late.extensions]\nada = 2",
        ":5: late.extensions.ada is 2; it must be a date and a time with its offset from UTC, such "
        "as 2026-10-05T23:59:00+02:00.",
    ),
    "extensions": (
        '[late]\ndue = 2026-10-05T23:59:00Z\npercent = 10\nextensions = ["ada"]',
        ':4: late.extensions is ["ada"]; it must be a table [late.extensions] with a date for each '
        "student.",
    ),
    "a date": (
        "seed = 2026-01-02",
        ":1: seed is 2026-01-02; it must be a whole number from 0 to 9,223,372,036,854,775,807.",
    ),
    "no key": (
        "\npoint = 3",
        ":2: point is no key of an assignment. Did you mean points or scoring?",
    ),
    "no key at all": (
        "zzz = 3",
        ":1: zzz is no key of an assignment. Choose from title, topics, exercises, points, "
        "scoring, visible, devices, limit, memory, seed, reseed, late.",
    ),
    "no key of an exercise": (
        "[exercises]\ndouble.limit = 3",
        ":2: exercises.double.limit is no key of an assignment. Choose from points, scoring, "
        "visible.",
    ),
    "no exercise": (
        "exercises = [\n  'duble',\n]",
        ":1: exercises: There is no exercise 'duble'. Did you mean times/double?",
    ),
    "no exercise of a table": (
        "[exercises]\nduble = 1",
        ":2: exercises.duble: There is no exercise 'duble'. Did you mean times/double?",
    ),
    "no topic": ("topics = ['mor']", ":1: topics: There is no topic 'mor'. Did you mean more?"),
    "an exercise as topic": (
        "topics = ['double']",
        ":1: topics: 'double' is an exercise: name it under exercises.",
    ),
    "a topic as exercise": (
        "exercises = ['times']",
        ":1: exercises: 'times' is a topic: name it under topics.",
    ),
    "twice": (
        "exercises = ['double', 'times/double']",
        ":1: exercises names times/double twice.",
    ),
    "nothing": (
        "exercises = []",
        ":1: exercises names nothing; leave it out to grade all exercises.",
    ),
    "no topics": ("[topics]", ":1: topics names nothing; leave it out to grade all exercises."),
    "one name": ("exercises = 'double'", f':1: exercises is "double"{NAMES}'),
    "tables in a list": (
        "[[exercises]]\nname = 'double'",
        f':1: exercises is [{{ name = "double" }}]{NAMES}',
    ),
    "an exercise that is a list": (
        "[exercises]\ndouble = ['points']",
        ':2: exercises.double is ["points"]; it must be its points, or a table of points, scoring, '
        "visible.",
    ),
    "not TOML": (
        "title = \n",
        ": is not valid TOML: Invalid value (at line 1, column 9).",
    ),
    "not UTF-8": (
        b"title = '\xff'",
        ": is not UTF-8: 'utf-8' codec can't decode byte 0xff in position 9: invalid start byte.",
    ),
}


@pytest.mark.parametrize(("text", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_key_value_and_what_is_allowed(mistakes, text, told):
    assert mistakes(text) == [told]


def test_all_mistakes_are_told_at_once(mistakes):
    text = (
        "limit = 0\npoints = -1\nvisible = ['xyz']\n[exercises]\nduble = {poits = 1}\ntriple = -1"
    )
    assert mistakes(text) == [
        f":2: points is -1; {A_NUMBER}",
        ":5: exercises.duble: There is no exercise 'duble'. Did you mean times/double?",
        f":6: exercises.triple is -1; {A_NUMBER}",
        ":1: limit is 0; it must be a number of seconds from 0.1 to 3,600.",
    ]


def test_what_can_not_be_parsed_at_all_is_told(mistakes):
    for text in ("points = " + "9" * 5000, "points = " + "[" * 100_000):
        (told,) = mistakes(text)
        assert told.startswith(": is not valid TOML: ")


def test_a_file_that_is_not_there_is_told(suite, tmp_path):
    for path, why in (
        (tmp_path / "none.toml", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ):
        with pytest.raises(AssignmentError) as told:
            read_assignment(path, suite)
        assert str(told.value) == f"{path}: can't be read: {why}."


@pytest.mark.parametrize(
    ("break_", "why"),
    [
        (lambda path: path.unlink(), "can't be read: No such file or directory"),
        (
            lambda path: path.write_text("def"),
            "is not valid Python: invalid syntax (<unknown>, line 1)",
        ),
    ],
)
def test_a_broken_test_file_is_told_where_its_properties_matter(read, suite, break_, why):
    path = suite.find("double").test_path
    break_(path)
    assert read("visible = []\nexercises = ['double']").exercises[0].visible == frozenset()
    with pytest.raises(SuiteError) as told:
        read("visible = ['multiplies']")
    assert str(told.value) == f"{path}: {why}"


def test_properties_found_in_the_text_are_those_that_are_loaded():
    from torchkata.judge.specification import specification

    for exercise in read_suite(ROOT).exercises:
        loaded = tuple(each.name for each in specification(exercise).properties)
        assert property_names(exercise) == loaded


def test_the_documents_examples_are_as_it_says(tmp_path):
    small, large, late = re.findall(
        "```toml\n(.*?)```", (ROOT / "docs/assignment.md").read_text(), re.DOTALL
    )
    suite = read_suite(ROOT)
    path = tmp_path / "homework.toml"
    path.write_text(small)
    assert small.count("\n") == 2
    assert read_assignment(path, suite) == Assignment(
        "Week 3", tuple(Assigned(each.key) for each in suite.topic("indexing").exercises)
    )
    path.write_text(late)
    policy = read_assignment(path, suite).late
    assert (policy.percent, policy.cap) == (10, 50)
    assert list(policy.extensions) == ["ada", "bob@example.org"]
    path.write_text(large)
    found = read_assignment(path, suite)
    assert (found.title, found.devices, found.limit, found.memory, found.seed) == (
        "Homework 2",
        ("cpu", "sim"),
        5.0,
        4096,
        20261121,
    )
    shown = frozenset({"moves_against_the_gradient"})
    own = {
        "optim/sgd_update": Assigned("optim/sgd_update", 4.0, "share", shown),
        "indexing/one_hot": Assigned("indexing/one_hot", 3.0, "share"),
        "autograd/hvp": Assigned("autograd/hvp", 5.0, "all"),
    }
    keys = [each.key for each in suite.topic("optim").exercises]
    assert found.exercises == tuple(
        own.get(key, Assigned(key, 2.0, "share")) for key in dict.fromkeys([*keys, *own])
    )
