"""A learner's file and a newer stub made one, or a conflict that says why not."""

import pytest

from torchkata.suite.merging import Conflict, merged

OLD = '''"""Multiply.

Write `double` and `triple`.
"""

from torch import Tensor


def double(x: Tensor) -> Tensor:
    """Give 2 times x."""
    raise NotImplementedError


def triple(x: Tensor) -> Tensor:
    """Give 3 times x.

    Returns:
        A tensor like x.
    """
    raise NotImplementedError
'''

DOUBLE = "    # broadcast\n    return 2 * x\n"
MINE = OLD.replace("    raise NotImplementedError\n", DOUBLE, 1) + "\n\n# a note of mine\n"

STATEMENT = OLD.replace("Multiply.", "Multiply by numbers.\n\nNot by `+`.")


def test_what_only_one_of_them_changed_is_taken():
    assert merged(OLD, STATEMENT, OLD) == STATEMENT
    assert merged(OLD, OLD, MINE) == MINE
    assert merged(OLD, STATEMENT, STATEMENT) == STATEMENT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Multiply.", "Multiply by numbers.\n\nNot by `+`."),
        ("Give 2 times x.", "Give twice x, of x's dtype."),
        ("A tensor like x.", "A tensor like x, on its device."),
        ("import Tensor\n", "import Tensor\nfrom torch.nn import Module\n"),
        ("def triple(x: Tensor)", "def triple(x: Tensor, out: Tensor)"),
    ],
    ids=["statement", "docstring", "docstring_of_another", "import", "signature_of_another"],
)
def test_what_is_new_comes_in_around_the_learners_code(before, after):
    new = OLD.replace(before, after)
    assert new != OLD
    assert merged(OLD, new, MINE) == MINE.replace(before, after)


def test_a_docstring_that_the_learner_took_out_stays_out():
    mine = MINE.replace('    """Give 2 times x."""\n', "")
    new = OLD.replace("Give 2 times x.", "Give twice x.").replace("Multiply.", "Multiply by 2.")
    assert merged(OLD, new, mine) == mine.replace("Multiply.", "Multiply by 2.")


def test_a_file_with_a_syntax_error_gets_the_new_statement():
    mine = MINE.replace("2 * x", "2 * (x")
    assert merged(OLD, STATEMENT, mine) == mine.replace(
        "Multiply.", "Multiply by numbers.\n\nNot by `+`."
    )


@pytest.mark.parametrize(
    ("new", "mine", "reason"),
    [
        (
            OLD.replace("double(x: Tensor)", "double(values: Tensor)"),
            MINE,
            "the suite has changed double, which you have begun",
        ),
        (
            OLD.replace("double(x: Tensor)", "double(values: Tensor)"),
            MINE.replace("2 * x", "2 * (x"),
            "the suite has changed double, which you have begun",
        ),
        (
            OLD.replace("def double", "def twice"),
            MINE,
            "the suite has changed double, which you have begun",
        ),
        (
            STATEMENT,
            MINE.replace("Multiply.", "Multiply! (see page 3)"),
            "you and the suite have changed the statement at the top",
        ),
        (
            OLD.replace("Give 2", "Give exactly 2"),
            MINE.replace("Give 2", "Gives 2"),
            "you and the suite have changed the docstring of double",
        ),
        (
            OLD.replace("import Tensor", "import Tensor, ones"),
            MINE.replace("import Tensor", "import Tensor, zeros"),
            "you and the suite have changed the same lines",
        ),
    ],
)
def test_a_conflict_says_what_both_have_changed(new, mine, reason):
    with pytest.raises(Conflict) as told:
        merged(OLD, new, mine)
    assert str(told.value) == reason


def test_a_method_is_named_by_its_class():
    old = "class Box:\n    def get(self):\n        raise NotImplementedError\n"
    mine = old.replace("raise NotImplementedError", "return 1")
    with pytest.raises(Conflict, match=r"the suite has changed Box\.get, which"):
        merged(old, old.replace("self", "self, key"), mine)
