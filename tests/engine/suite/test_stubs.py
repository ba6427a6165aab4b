"""stubs.py and authoring.py: what a stub keeps, what is untouched, what a new exercise gets."""

from textwrap import dedent

import pytest

from torchkata.suite import stubs
from torchkata.suite.authoring import new_exercise
from torchkata.suite.curriculum import Exercise, SuiteError, read_suite

HEAD = '"""Title."""\n\nimport torch\n\n\n'


def written(text):
    return dedent(text).strip("\n") + "\n"


@pytest.fixture
def exercise(tmp_path):
    made = Exercise(tmp_path, "topic", "name")
    made.solution_path.parent.mkdir(parents=True)
    made.test_path.parent.mkdir(parents=True)
    made.test_path.write_text("")
    return made


def stub(exercise, solution, test=""):
    exercise.solution_path.write_text(solution)
    exercise.test_path.write_text(test)
    return stubs.stub_of(exercise)


def test_a_whole_file(exercise):
    solution = written('''
        """Title.

        What to write, and why.
        """

        import math
        import torch
        from torch import Tensor

        import numpy as np

        CLASSES = 5
        names: list[str] = [
            "a",  # first
            "b",
        ]
        _SECRET = 42


        def _helper(x):
            return x


        @torch.no_grad()
        def first(
            x: Tensor,  # of any shape
            *,
            dim: int = -1,
        ) -> Tensor:
            """Do it.

            >>> first(1)
            1
            """
            # Scatter does it.
            return _helper(x)


        async def second(x):
            return x


        HINTS = ("one",)
        TAKE_ALONG = "two"
        ''')
    assert stub(exercise, solution) == written('''
        """Title.

        What to write, and why.
        """

        import math
        import torch
        from torch import Tensor

        import numpy as np

        CLASSES = 5

        names: list[str] = [
            "a",  # first
            "b",
        ]


        @torch.no_grad()
        def first(
            x: Tensor,  # of any shape
            *,
            dim: int = -1,
        ) -> Tensor:
            """Do it.

            >>> first(1)
            1
            """
            raise NotImplementedError


        async def second(x):
            raise NotImplementedError
        ''')


def test_a_class(exercise):
    solution = HEAD + written('''
        class Rows(torch.utils.data.Dataset):
            """Rows."""

            width: int = 3
            _cache = None

            def __init__(self, n):
                """Keep n."""
                self.n = n

            def __len__(self):
                return self.n

            @property
            def size(self) -> int:
                """The size."""
                return self._size()

            @staticmethod
            def join(a,
                     b):
                return a + b

            def _size(self):
                return self.n

            class Part:
                """A part."""

                def whole(self):
                    """The whole."""
                    return self
        ''')
    assert stub(exercise, solution) == HEAD + written('''
        class Rows(torch.utils.data.Dataset):
            """Rows."""

            width: int = 3

            def __init__(self, n):
                """Keep n."""
                raise NotImplementedError

            def __len__(self):
                raise NotImplementedError

            @property
            def size(self) -> int:
                """The size."""
                raise NotImplementedError

            @staticmethod
            def join(a,
                     b):
                raise NotImplementedError

            class Part:
                """A part."""

                def whole(self):
                    """The whole."""
                    raise NotImplementedError
        ''')


BARE = {
    "a comment first": ("def f(x):\n    # Scatter does it.\n    return x\n", "def f(x):\n"),
    "an inner decorator first": (
        "def f(x):\n    @torch.no_grad()\n    def inner():\n        return x\n    return inner\n",
        "def f(x):\n",
    ),
    "on one line": ("def f(x): return x\n", "def f(x):\n"),
    "colons in the signature": (
        "def f(x: dict[str, int] = {1: 2}, g=lambda: 3) -> 'a: b':  # why: so\n    return x\n",
        "def f(x: dict[str, int] = {1: 2}, g=lambda: 3) -> 'a: b':",
    ),
}


@pytest.mark.parametrize(("solution", "head"), BARE.values(), ids=BARE)
def test_functions_without_a_docstring(exercise, solution, head):
    made = stub(exercise, HEAD + solution)
    assert made.startswith(HEAD + head)
    assert made.endswith("\n    raise NotImplementedError\n")
    assert len(made.splitlines()) == len(HEAD.splitlines()) + 2


def test_a_class_without_a_docstring(exercise):
    solution = HEAD + "class Rows:\n    @property\n    def n(self):\n        return 1\n"
    made = stub(exercise, solution)
    assert [line.strip() for line in made.splitlines()[5:] if line] == [
        "class Rows:",
        "@property",
        "def n(self):",
        "raise NotImplementedError",
    ]


def test_a_private_method_with_two_underscores_is_left_out(exercise):
    solution = 'class Rows:\n    """Rows."""\n\n    def __help(self):\n        return 1\n'
    assert stub(exercise, HEAD + solution) == HEAD + 'class Rows:\n    """Rows."""\n'


@pytest.mark.parametrize(
    "solution", ["class Wrong(Exception):\n    pass\n", "class Wrong(Exception): pass\n"]
)
def test_empty_classes_stay_valid(exercise, solution):
    names = {}
    exec(stub(exercise, solution), names)
    assert issubclass(names["Wrong"], Exception)


def test_form_feeds_do_not_shift_lines(exercise):
    solution = '"""Ti\\x0ctle."""\n\nimport torch\n\n\ndef f(x):\n    """Do."""\n    return x\n'
    solution = solution.replace("\\x0c", "\x0c")
    assert stub(exercise, solution) == solution.replace("return x", "raise NotImplementedError")


def test_a_fix_stub_has_the_body_of_the_marked_misconception(exercise):
    solution = HEAD + written('''
        def f(x):
            """Do f."""
            return x


        def g(x):
            """Do g."""
            return x
        ''')
    test = written('''
        @misconception(of="g", says="no")
        def other(x):
            return 0


        @misconception(of="f", says="no", stub=True)
        def wrong(x):
            """Not this docstring."""
            total = 0
            # One by one:
            for each in x:
                total += each

            return total
        ''')
    assert stub(exercise, solution, test) == HEAD + written('''
        def f(x):
            """Do f."""
            total = 0
            # One by one:
            for each in x:
                total += each

            return total


        def g(x):
            """Do g."""
            raise NotImplementedError
        ''')


def test_a_fix_stub_of_a_class(exercise):
    solution = HEAD + written('''
        class Rows:
            """Rows."""

            def __init__(self, n):
                self.n = n

            def add(self, x):
                """Add x."""
                return self.n + x
        ''')
    test = written("""
        @misconception(of="Rows", says="no", stub=True)
        class Wrong:
            def add(self, x):
                if x:
                    return self.n - x
                return 0
        """)
    assert stub(exercise, solution, test) == HEAD + written('''
        class Rows:
            """Rows."""

            def __init__(self, n):
                raise NotImplementedError

            def add(self, x):
                """Add x."""
                if x:
                    return self.n - x
                return 0
        ''')


STUB = written('''
    def f(x):
        """Do."""
        raise NotImplementedError


    class Rows:
        """Rows."""

        def first(self):
            raise NotImplementedError

        def last(self):
            raise NotImplementedError
    ''')
ALL = {"f", "Rows", "Rows.first", "Rows.last"}
FIRST = "def first(self):\n        raise NotImplementedError"


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ('"""Do."""', '"""Another."""', set()),
        ('    """Do."""\n', "", set()),
        (
            "raise NotImplementedError\n\n\nclass",
            "# how?\n    raise NotImplementedError\nclass",
            set(),
        ),
        ("class Rows", "import math\n\n\ndef helper():\n    return 1\n\n\nclass Rows", set()),
        ("def f(x)", "def f(y)", {"f"}),
        ("def f(x)", "@staticmethod\ndef f(x)", {"f"}),
        ('"""Do."""\n    raise NotImplementedError', "return x", {"f"}),
        (FIRST, "def first(self):\n        return 1", {"Rows", "Rows.first"}),
        (FIRST, "", {"Rows", "Rows.first"}),
        (FIRST, FIRST + "\n\n    def middle(self):\n        return 1", {"Rows"}),
        ("class Rows:", "class Rows(list):", {"Rows"}),
        ("class Rows:", "def f(x):\n    return x\n\n\nclass Rows:", {"f"}),
        ("def f(x)", "def f(x", ALL),
        ("def f(x)", "\x00def f(x)", ALL),
        ("def f(x)", "(" * 10_000 + "\ndef f(x)", ALL),
    ],
)
def test_untouched(old, new, touched):
    assert old in STUB
    assert stubs.untouched(STUB.replace(old, new, 1), STUB) == ALL - touched


def test_names_and_lines():
    assert stubs.definition_lines(STUB) == {"f": 1, "Rows": 6, "Rows.first": 9, "Rows.last": 12}
    assert stubs.definition_lines("def f(:") == {}


def test_reserved_texts_and_public_names(exercise):
    stub(exercise, "HINTS = ('a' 'b', 'c')\nTAKE_ALONG = 'd'\ndef f(): ...\ndef _g(): ...\n")
    assert stubs.reserved_texts(exercise, "HINTS") == ("ab", "c")
    assert stubs.reserved_texts(exercise, "TAKE_ALONG") == ("d",)
    assert stubs.reserved_texts(exercise, "OTHER") == ()
    assert stubs.public_names(exercise.solution_path) == ("f",)


def test_writes_a_stub_only_where_it_differs(exercise):
    stub(exercise, HEAD + "def f(x):\n    return x\n")
    assert stubs.stub_difference(exercise).startswith(
        "--- generated from the solution\n+++ exercises/topic/name.py\n"
    )
    assert stubs.write_stub(exercise)
    assert stubs.stub_difference(exercise) == ""
    assert not stubs.write_stub(exercise)
    exercise.stub_path.write_bytes("é".encode("latin-1"))
    assert stubs.write_stub(exercise)
    assert stubs.stub_difference(exercise) == ""


def test_what_can_not_be_read(exercise):
    path = exercise.solution_path
    with pytest.raises(SuiteError) as missing:
        stubs.stub_of(exercise)
    assert str(missing.value) == f"{path}: can't be read: No such file or directory"
    with pytest.raises(SuiteError) as broken:
        stub(exercise, "def f(:\n")
    assert str(broken.value).startswith(f"{path}: is not valid Python: ")


CURRICULUM = """\
# The order.

[indexing]
title = "Indexing"
exercises = [
    "one_hot",
]

[hooks]
title = "Hooks"
exercises = [
]
"""


@pytest.fixture
def suite(tmp_path):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "curriculum.toml").write_text(CURRICULUM)
    return read_suite(tmp_path)


def line_of(name):
    return f'    {{ name = "{name}", level = 1 }},\n'


def files(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("key", "curriculum"),
    [
        ("indexing/take_rows", CURRICULUM.replace('hot",\n', 'hot",\n' + line_of("take_rows"))),
        ("hooks/see_all", CURRICULUM.replace("[\n]", f"[\n{line_of('see_all')}]")),
        (
            "data_loading/shuffle",
            CURRICULUM
            + f'\n[data_loading]\ntitle = "Data loading"\nexercises = [\n{line_of("shuffle")}]\n',
        ),
    ],
)
def test_a_new_exercise(suite, tmp_path, key, curriculum):
    topic, name = key.split("/")
    made = Exercise(tmp_path, topic, name)
    path = tmp_path / "exercises" / "curriculum.toml"
    wanted = [made.solution_path, made.test_path, made.stub_path, path]
    assert new_exercise(suite, key) == wanted
    assert set(files(tmp_path)) == set(wanted)
    assert path.read_text() == curriculum
    assert read_suite(tmp_path).find(name) == made
    assert stubs.stub_difference(made) == ""
    assert stubs.public_names(made.solution_path) == (name,)
    compile(made.test_path.read_text(), "test", "exec")


NOT_A_KEY = (
    "{key!r}: must be TOPIC/NAME, each in lower case letters, digits and underscores, such as "
    "indexing/one_hot."
)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        *(
            (key, NOT_A_KEY)
            for key in ("rows", "a/", "/b", "a/b/c", "A/b", "a/b-c", "a/class", "../b")
        ),
        (
            "hooks/one_hot",
            "indexing/one_hot has that name: exercise names are unique across topics.",
        ),
        ("engine/x", "'engine/x': tests/engine is not a topic's folder; choose another topic."),
        ("answers/x", "'answers/x': tests/answers is not a topic's folder; choose another topic."),
    ],
)
def test_names_that_will_not_do(suite, tmp_path, key, sentence):
    with pytest.raises(SuiteError) as refused:
        new_exercise(suite, key)
    assert str(refused.value) == sentence.format(key=key)
    assert set(files(tmp_path)) == {tmp_path / "exercises" / "curriculum.toml"}


@pytest.mark.parametrize("folder", ["solutions/hooks", "exercises/hooks", "tests/hooks"])
def test_overwrites_nothing(suite, tmp_path, folder):
    there = tmp_path / folder / ("test_all.py" if folder.startswith("tests") else "all.py")
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    before = files(tmp_path)
    with pytest.raises(SuiteError) as refused:
        new_exercise(suite, "hooks/all")
    assert str(refused.value) == f"{there} is there already; move it away first."
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "listed", ['["a"]', '[\n    "a"\n]', '[ # first\n    "a",\n]', '["a"]\n\n[other]\ntitle = ""']
)
def test_a_list_that_is_not_one_line_an_exercise(tmp_path, listed):
    path = tmp_path / "exercises" / "curriculum.toml"
    path.parent.mkdir()
    path.write_text(f'[hooks]\ntitle = "Hooks"\nexercises = {listed}\n')
    if "other" in listed:
        path.write_text(path.read_text() + "exercises = [\n]\n")
    before = files(tmp_path)
    with pytest.raises(SuiteError) as refused:
        new_exercise(read_suite(tmp_path), "hooks/b")
    assert str(refused.value) == (
        f"{path}: the list of [hooks] is not written one line an exercise; mend that."
    )
    assert files(tmp_path) == before
