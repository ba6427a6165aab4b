"""suite.py: the curriculum as it is read, what is found in it, and what its errors say."""

from pathlib import Path

import pytest

from torchkata.suite.curriculum import (
    CURRICULUM,
    LEVELS,
    Exercise,
    SuiteError,
    find_root,
    read_suite,
)

ROOT = Path(__file__).parents[3]
TEXT = """\
[indexing]
title = "Indexing"
exercises = ["one_hot", "gather_rows"]

[autograd]
title = "Autograd"
exercises = []

[hooks]
title = "Hooks"
exercises = ["gather_grads"]
"""


@pytest.fixture
def written(tmp_path):
    """Writes a curriculum and reads the suite."""

    def write(text):
        path = tmp_path / CURRICULUM
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_suite(tmp_path)

    return write


def test_topics_and_exercises_in_order(written, tmp_path):
    suite = written(TEXT)
    assert suite.root == tmp_path
    assert [(each.name, each.title) for each in suite.topics] == [
        ("indexing", "Indexing"),
        ("autograd", "Autograd"),
        ("hooks", "Hooks"),
    ]
    assert [each.key for each in suite.exercises] == [
        "indexing/one_hot",
        "indexing/gather_rows",
        "hooks/gather_grads",
    ]


def test_an_exercise_is_three_mirrored_files(tmp_path):
    exercise = Exercise(tmp_path, "indexing", "one_hot")
    files = (
        exercise.stub_path,
        exercise.solution_path,
        exercise.test_path,
        exercise.answers_path,
    )
    assert [path.relative_to(tmp_path).as_posix() for path in files] == [
        "exercises/indexing/one_hot.py",
        "solutions/indexing/one_hot.py",
        "tests/indexing/test_one_hot.py",
        "tests/answers/indexing/one_hot",
    ]


MUST = (
    "{path}: [{name}] must hold `title`, a string, and `exercises`, a list of module names, "
    "each alone or as a table of `name` and `level`, which is 1, 2 or 3; it "
    "may hold `teaches`, a string, `needs`, a list of topics, `minutes`, a whole number, and "
    "`requires`, which gives an exercise's `modules`, a list of names, and the `extra` that "
    "installs them; found {found}."
)
WRONG = {
    "no table": ("a = 3", "a", "3"),
    "no title": ("[a]\nexercises = []", "a", "{'exercises': []}"),
    "no exercises": ("[a]\ntitle = 'A'", "a", "{'title': 'A'}"),
    "title": ("[a]\ntitle = 1\nexercises = []", "a", "{'title': 1, 'exercises': []}"),
    "one exercise": ("[a]\ntitle = ''\nexercises = 'x'", "a", "{'title': '', 'exercises': 'x'}"),
    "a number": ("[a]\ntitle = ''\nexercises = [1]", "a", "{'title': '', 'exercises': [1]}"),
    "a file": (
        "[a]\ntitle = ''\nexercises = ['x.py']",
        "a",
        "{'title': '', 'exercises': ['x.py']}",
    ),
    "level": (
        "[a]\ntitle = ''\nexercises = [{name = 'x', level = 4}]",
        "a",
        "{'title': '', 'exercises': [{'name': 'x', 'level': 4}]}",
    ),
    "needs": (
        "[a]\ntitle = ''\nexercises = []\nneeds = [1]",
        "a",
        "{'title': '', 'exercises': [], 'needs': [1]}",
    ),
    "minutes": (
        "[a]\ntitle = ''\nexercises = []\nminutes = '9'",
        "a",
        "{'title': '', 'exercises': [], 'minutes': '9'}",
    ),
    "requires of no exercise": (
        "[a]\ntitle = ''\nexercises = []\nrequires.x = {modules = ['m'], extra = 'e'}",
        "a",
        "{'title': '', 'exercises': [], 'requires': {'x': {'modules': ['m'], 'extra': 'e'}}}",
    ),
    "requires without extra": (
        "[a]\ntitle = ''\nexercises = ['x']\nrequires.x = {modules = ['m']}",
        "a",
        "{'title': '', 'exercises': ['x'], 'requires': {'x': {'modules': ['m']}}}",
    ),
    "requires no module": (
        "[a]\ntitle = ''\nexercises = ['x']\nrequires.x = {modules = [], extra = 'e'}",
        "a",
        "{'title': '', 'exercises': ['x'], 'requires': {'x': {'modules': [], 'extra': 'e'}}}",
    ),
    "more": (
        "[a]\ntitle = ''\nexercises = []\nlevel = 1",
        "a",
        "{'title': '', 'exercises': [], 'level': 1}",
    ),
    "the second": (TEXT + "[b]", "b", "{}"),
}


def test_what_a_topic_teaches_and_needs(written):
    suite = written(
        "[a]\ntitle = 'A'\nexercises = []\nteaches = 'To count.'\nminutes = 20\n"
        "[b]\ntitle = 'B'\nexercises = []\nneeds = ['a']\n"
    )
    assert [(each.teaches, each.needs, each.minutes) for each in suite.topics] == [
        ("To count.", (), 20),
        ("", ("a",), None),
    ]


def test_an_exercise_may_say_how_hard_it_is(written):
    suite = written("[a]\ntitle = 'A'\nexercises = ['x', {name = 'y', level = 3}]")
    assert [(each.name, each.level) for each in suite.exercises] == [("x", None), ("y", 3)]
    assert LEVELS[3] == "hard"


def test_what_an_exercise_requires_sets_it_aside_where_it_is_missing(written):
    suite = written(
        "[a]\ntitle = ''\nexercises = ['x', 'y', 'z', 'w']\n"
        "[a.requires]\n"
        "y = {modules = ['json'], extra = 'more'}\n"
        "z = {modules = ['json', 'no_such_thing'], extra = 'more'}\n"
        "w = {modules = ['no_such_thing', 'nor_this'], extra = 'all'}\n"
    )
    x, y, z, w = suite.exercises
    assert (x.set_aside, y.set_aside) == (None, None)
    assert z.set_aside == (
        "needs no_such_thing, which is not installed: `pip install -e '.[more]'`"
    )
    assert w.set_aside == (
        "needs no_such_thing and nor_this, which are not installed: `pip install -e '.[all]'`"
    )
    assert suite.judged == (x, y)


@pytest.mark.parametrize("need", ["b", "c"])
def test_a_topic_needs_only_what_comes_before(written, tmp_path, need):
    with pytest.raises(SuiteError) as refused:
        written(
            f"[b]\ntitle = ''\nexercises = []\nneeds = ['{need}']\n[c]\ntitle = ''\nexercises = []"
        )
    assert str(refused.value) == (
        f"{tmp_path / CURRICULUM}: [b] needs '{need}', which is no topic before it."
    )


def test_our_topics_say_what_they_teach_and_our_exercises_how_hard_they_are():
    suite = read_suite(ROOT)
    for topic in suite.topics:
        assert topic.teaches.endswith("."), topic.name
        assert topic.minutes, topic.name
    assert [each.key for each in suite.exercises if each.level not in LEVELS] == []
    assert suite.exercises[0].level == 1


@pytest.mark.parametrize(("text", "name", "found"), WRONG.values(), ids=WRONG)
def test_says_which_topic_is_wrong(written, tmp_path, text, name, found):
    with pytest.raises(SuiteError) as refused:
        written(text)
    path = tmp_path / CURRICULUM
    assert str(refused.value) == MUST.format(path=path, name=name, found=found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = ", "Invalid value (at end of document)"),
        ("[a]\n[a]\n", "Cannot declare ('a',) twice (at line 2, column 3)"),
        (
            b"# \xe9\n",
            "'utf-8' codec can't decode byte 0xe9 in position 2: invalid continuation byte",
        ),
    ],
)
def test_says_why_the_curriculum_can_not_be_read(written, tmp_path, text, reason):
    with pytest.raises(SuiteError) as refused:
        written(text)
    assert str(refused.value) == f"{tmp_path / CURRICULUM}: can't be read: {reason}"


def test_says_that_there_is_no_curriculum(tmp_path):
    path = tmp_path / CURRICULUM
    with pytest.raises(SuiteError) as refused:
        read_suite(tmp_path)
    assert str(refused.value) == (
        f"{path}: can't be read: [Errno 2] No such file or directory: '{path}'"
    )


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [("['x']", "['x']", "a and in b"), ("['x', 'y', 'x']", "[]", "a and in a")],
)
def test_names_are_unique_across_topics(written, tmp_path, first, second, where):
    text = f"[a]\ntitle = ''\nexercises = {first}\n[b]\ntitle = ''\nexercises = {second}\n"
    with pytest.raises(SuiteError) as refused:
        written(text)
    assert str(refused.value) == (
        f"{tmp_path / CURRICULUM}: 'x' stands in {where}: exercise names are unique across topics."
    )


@pytest.mark.parametrize("name", ["one_hot", "indexing/one_hot"])
def test_finds_by_name_and_key(written, name):
    assert written(TEXT).find(name).key == "indexing/one_hot"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("onehot", " Did you mean indexing/one_hot?"),
        ("hooks/one_hot", " Did you mean indexing/one_hot?"),
        ("indexing/gather", " Did you mean indexing/gather_rows or hooks/gather_grads?"),
        ("softmax", ""),
        ("", ""),
    ],
)
def test_names_the_nearest(written, name, near):
    with pytest.raises(SuiteError) as refused:
        written(TEXT).find(name)
    assert str(refused.value) == f"There is no exercise {name!r}.{near}"


def test_the_exercise_of_a_file(written, tmp_path):
    suite = written(TEXT)
    exercise = suite.find("one_hot")
    for path in (
        exercise.stub_path,
        exercise.solution_path,
        exercise.test_path,
        exercise.answers_path / "wrong_rows.py",
    ):
        assert suite.with_file(path) == exercise
    for path in (
        tmp_path / CURRICULUM,
        tmp_path / "exercises" / "indexing" / "other.py",
        tmp_path / "exercises" / "hooks" / "one_hot.py",
        exercise.answers_path,
        exercise.answers_path / "folder" / "wrong_rows.py",
    ):
        assert suite.with_file(path) is None


def test_the_root_is_at_or_above(written, tmp_path):
    written(TEXT)
    inner = tmp_path / "exercises" / "indexing"
    inner.mkdir()
    assert find_root(tmp_path) == find_root(inner) == find_root(inner / "no" / "such") == tmp_path


def test_the_nearest_root_is_taken(written, tmp_path):
    written(TEXT)
    nested = tmp_path / "clone"
    (nested / "exercises").mkdir(parents=True)
    (nested / CURRICULUM).write_text("")
    assert find_root(nested / "exercises") == nested


def test_says_that_there_is_no_root(tmp_path):
    with pytest.raises(SuiteError) as refused:
        find_root(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} is not inside a torchkata suite: no folder at or above it holds "
        "exercises/curriculum.toml. Run this inside your clone."
    )
