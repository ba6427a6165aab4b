"""narrowing.py: statements on a terminal of 80 columns, which say there what their files say."""

import ast
import doctest
from pathlib import Path

import pytest

from torchkata.suite.curriculum import read_suite
from torchkata.suite.narrowing import narrowed_code, narrowed_drawing
from torchkata.suite.statement import reflowed, statement_of

SUITE = read_suite(Path(__file__).parents[3])
WIDTH = 80


def without_docstrings(source):
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def examples(source):
    """What the examples in a source run, whatever lines it is written in, and what they give."""
    found = doctest.DocTestParser().get_examples(source)
    return [(ast.dump(ast.parse(each.source)), each.want) for each in found]


@pytest.mark.parametrize("exercise", SUITE.exercises, ids=lambda each: each.name)
def test_every_statement_fits_80_columns_and_says_what_its_file_says(exercise):
    wide, narrow = statement_of(exercise), statement_of(exercise, WIDTH)
    shown = "\n".join([narrow.title, narrow.text, narrow.definitions])
    assert [line for line in shown.splitlines() if len(line) > WIDTH] == []
    assert narrow.text.split() == wide.text.split()
    assert without_docstrings(narrow.definitions) == without_docstrings(wide.definitions)
    assert examples(narrow.definitions) == examples(wide.definitions)


def test_a_drawing_gives_up_blank_columns_then_its_margin_and_hangs_its_last_column():
    drawing = ["    ab      cd    e", "    f       g"]
    assert narrowed_drawing(drawing, 19) == drawing
    assert narrowed_drawing(drawing, 16) == ["    ab    cd   e", "    f     g"]
    assert narrowed_drawing(drawing, 11) == ["  ab  cd  e", "  f   g"]
    table = ["    left       one two three four five six seven eight", "    right      nine ten"]
    assert narrowed_drawing(table, 40) == [
        "  left   one two three four five six",
        "         seven eight",
        "  right  nine ten",
    ]
    assert narrowed_drawing(["    " + "x" * 30], 20) == ["  " + "x" * 30]


def test_the_parts_of_a_drawing_with_a_blank_line_stay_below_each_other():
    text = "It is so:\n\n    one       two\n\n    three     four is rather long\n\nAnd that is all."
    assert reflowed(text, 29) == (
        "It is so:\n\n   one    two\n\n   three  four is rather long\n\nAnd that is all."
    )


@pytest.mark.parametrize(
    ("line", "within", "wanted"),
    [
        (
            "def function(first: int, second: int) -> int:",
            False,
            ["def function(first: int,", "             second: int) -> int:"],
        ),
        (
            ">>> function([1, 2, 3], [4, 5, 6], 7, 8, 9)",
            False,
            [">>> function([1, 2, 3], [4, 5, 6],", "...          7, 8, 9)"],
        ),
        (
            '    "a key": "some words, and then some",',
            True,
            ['    "a key":', '        "some words, and then some",'],
        ),
        (
            '    "a long string of some words; and more",',
            True,
            ['    "a long string of some words; "', '    "and more",'],
        ),
        ("x = a_long_name + another_long_name + 1", False, None),
        ("call(f'a long string of several words and')", False, None),
        ("# a comment that is long, and has a comma", True, None),
    ],
)
def test_code_is_broken_where_it_means_the_same(line, within, wanted):
    assert narrowed_code(line, 36, within) == (wanted or [line])


def test_a_paragraph_below_a_number_is_filled_with_it():
    text = "1.  One two three four\n    five six.\n2.  Seven."
    assert reflowed(text, 40) == "1.  One two three four five six.\n2.  Seven."
