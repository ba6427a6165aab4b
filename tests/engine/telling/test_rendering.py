"""rendering.py and grid.py: the whole text of a verdict, as a learner reads it."""

import math
import re
from dataclasses import replace
from textwrap import dedent

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from torchkata.judge.verdict import Call, Verdict
from torchkata.telling.headlines import headline
from torchkata.telling.paragraphs import WIDTH
from torchkata.telling.rendering import LINES, render
from torchkata.telling.sides import facts, shown
from torchkata.values import grid
from torchkata.values.comparison import compare
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import (
    LineSeen,
    Observation,
    Raised,
    container_seen,
    placed,
    seen,
    tensor_seen,
)
from torchkata.values.pairs import compare_values

SENTENCE = "Each row holds a single 1."
PATH = "exercises/indexing/one_hot.py"
NOTHING = container_seen("dict", (), ())
FAILED = Verdict("indexing/one_hot", "one_one", SENTENCE, "cpu", "failed", PATH, 12)

t = torch.tensor


def differing(expected, actual, tolerance=None):
    """The difference between two results."""
    one, other = (Observation(seen(each), NOTHING, (), ()) for each in (expected, actual))
    return compare(one, other, tolerance)


def failed(difference, inputs=None, **further):
    """A verdict on one input, n=3 where it doesn't matter."""
    given = inputs or {"n": 3}
    inputs = container_seen("dict", given.keys(), given.values())
    return replace(FAILED, difference=difference, inputs=inputs, **further)


def text(verdict):
    return render(verdict, "kata hint one_hot", "pytest exercises").plain


def literal(written):
    return dedent(written).strip("\n")


def two_sides(expected, actual, tolerance=None):
    """The paragraph that shows the two results."""
    return text(failed(differing(expected, actual, tolerance))).split("\n\n")[3]


def test_wrong_values():
    inputs = {"labels": t([1, 0]), "num_classes": 2}
    verdict = failed(differing(t([[0.0, 1.0], [1.0, 0.0]]), t([[0.0, 1.0], [0.0, 1.0]])), inputs)
    assert text(verdict) == literal("""
        exercises/indexing/one_hot.py:12, on cpu
        Each row holds a single 1.

        wrong values: 2 of 4 values differ (tolerance: 1e-05 + 1.3e-06 × |expected|)

        with:
            labels = [1, 0]
                int64 (2,) on cpu
            num_classes = 2

        expected:                    yours:
            float32 (2, 2) on cpu        float32 (2, 2) on cpu
            0.  1.                       0.  1.
            1.* 0.*                      0.* 1.*

        hint:  kata hint one_hot
        again: pytest exercises
        """)


@pytest.mark.parametrize("shape", [(0,), (3, 0), (0, 3), (2, 0, 3)])
def test_tensors_without_elements_on_the_wrong_device(shape):
    want = tensor_seen(torch.zeros(shape))
    verdict = failed(compare_values(want, replace(want, device="sim:0")))
    assert "wrong device: cpu expected, sim:0 returned" in text(verdict)


def test_wrong_device_and_layouts():
    """Inputs are on the device judged on; a layout other than contiguous is told."""
    want = tensor_seen(t([1.0, 0.0]))
    verdict = failed(
        compare_values(replace(want, device="sim:0"), want),
        {"x": t([[1.0, 2.0], [3.0, 4.0]]), "y": t(0.5, requires_grad=True)},
        device="sim",
        layouts=(("x", "stride (1, 2)"),),
    )
    verdict = replace(verdict, inputs=placed(verdict.inputs, "sim:0"))
    assert text(verdict) == literal("""
        exercises/indexing/one_hot.py:12, on sim, a simulated accelerator
        Each row holds a single 1.

        right values, wrong device: sim:0 expected, cpu returned

        with:
            x = [[1., 2.],
                 [3., 4.]]
                float32 (2, 2) on sim:0, stride (1, 2)
            y = 0.5
                float32 () on sim:0, requires grad

        expected:                    yours:
            float32 (2,) on sim:0        float32 (2,) on cpu
            1.  0.                       1.  0.

        hint:  kata hint one_hot
        again: pytest exercises
        """)


RAISED = Raised(
    "exception",
    ("RuntimeError", "Exception"),
    "no such dimension",
    (
        LineSeen(14, "one_hot", "return helper(labels, rows)", ("labels: int64 (2,)",)),
        LineSeen(3, "helper", "return a + b", ("a: int64 (2,)", "b: float32 (2, 3)")),
    ),
)


def test_an_exception_and_a_diagnosis():
    verdict = failed(
        compare(Observation(seen(t(1.0)), NOTHING, (), ()), Observation(RAISED, NOTHING, (), ())),
        lines=RAISED.lines,
        raised="RuntimeError: no such dimension",
        printed="one",
        diagnosis="The labels name columns. Yours names the rows, which is why there are too many.",
    )
    assert text(verdict) == literal("""
        exercises/indexing/one_hot.py:12, on cpu
        Each row holds a single 1.

        raises RuntimeError: no such dimension

        looks like:
            The labels name columns. Yours names the rows, which is why there are too
            many.

        with:
            n = 3

        in your code:
            line 14, in one_hot
                return helper(labels, rows)
            line 3, in helper
                return a + b
                with a: int64 (2,), b: float32 (2, 3)

        printed:
            one

        hint:  kata hint one_hot
        again: pytest exercises
        """)


def test_a_refusal():
    verdict = replace(FAILED, refusal="Has a syntax error: '(' was never closed.\ndef f(:\n     ^")
    assert text(verdict) == literal("""
        exercises/indexing/one_hot.py:12
        Has a syntax error: '(' was never closed.

            def f(:
                 ^

        again: pytest exercises
        """)


def test_an_unsteady_result():
    told = Difference(Stage.RAN, "result", "the same input gave two different results")
    verdict = failed(told, unsteady=(seen(t([1, 2])), seen(t([1, 3]))))
    assert text(verdict) == literal("""
        exercises/indexing/one_hot.py:12, on cpu
        Each row holds a single 1.

        the same input gave two different results

        with:
            n = 3

        first time:              second time:
            int64 (2,) on cpu        int64 (2,) on cpu
            1  2*                    1  3*

        hint:  kata hint one_hot
        again: pytest exercises
        """)


def test_operations_have_no_input():
    told = Difference(Stage.OPERATIONS, "operations", "8 operations for size 4, 32 for size 16")
    assert text(replace(FAILED, difference=told)) == literal("""
        exercises/indexing/one_hot.py:12, on cpu
        Each row holds a single 1.

        8 operations for size 4, 32 for size 16

        hint:  kata hint one_hot
        again: pytest exercises
        """)


def test_a_property_without_inputs():
    verdict = replace(FAILED, difference=differing(1, 2), inputs=NOTHING)
    assert text(verdict) == text(replace(verdict, inputs=None))


def test_brief_and_todo():
    brief = replace(FAILED, difference=differing(t(1), t(2)), brief=True)
    assert text(brief) == "wrong values: the value differs"
    todo = replace(FAILED, outcome="todo", unwritten=("one_hot", "Rows.__init__"))
    assert text(todo) == f"one_hot, Rows.__init__ is not written yet.\n{PATH}:12"


ONE_CELL = torch.zeros(100, 100)
ONE_CELL[98, 3] = 1
CUBE = torch.arange(12.0).view(2, 2, 3)
HOLED = CUBE.clone()
HOLED[1, 0, 2] = 0

SIDES = {
    "shape": (
        t([[1.0, 2.0]]),
        t([1.0, 2.0]),
        """
        expected:                    yours:
            float32 (1, 2) on cpu        float32 (2,) on cpu
            1. 2.                        1. 2.
        """,
    ),
    "dtype": (
        t([1.0, -0.5]),
        t([1, 0]),
        """
        expected:                  yours:
            float32 (2,) on cpu        int64 (2,) on cpu
            1. -0.5                    1 0
        """,
    ),
    "large": (
        torch.zeros(100, 100),
        ONE_CELL,
        """
        expected:                             yours:
            float32 (100, 100) on cpu             float32 (100, 100) on cpu
            rows 94-99, columns 0-7               rows 94-99, columns 0-7
            0.  0.  0.  0.  0.  0.  0.  0.        0.  0.  0.  0.  0.  0.  0.  0.
            0.  0.  0.  0.  0.  0.  0.  0.        0.  0.  0.  0.  0.  0.  0.  0.
            0.  0.  0.  0.  0.  0.  0.  0.        0.  0.  0.  0.  0.  0.  0.  0.
            0.  0.  0.  0.  0.  0.  0.  0.        0.  0.  0.  0.  0.  0.  0.  0.
            0.  0.  0.  0.* 0.  0.  0.  0.        0.  0.  0.  1.* 0.  0.  0.  0.
            0.  0.  0.  0.  0.  0.  0.  0.        0.  0.  0.  0.  0.  0.  0.  0.
        """,
    ),
    "long": (
        torch.zeros(100, dtype=torch.int8),
        ONE_CELL[98].to(torch.int8).roll(47),
        """
        expected:                     yours:
            int8 (100,) on cpu            int8 (100,) on cpu
            columns 46-53                 columns 46-53
            0  0  0  0  0* 0  0  0        0  0  0  0  1* 0  0  0
        """,
    ),
    "3-D": (
        CUBE,
        HOLED,
        """
        expected:                       yours:
            float32 (2, 2, 3) on cpu        float32 (2, 2, 3) on cpu
            [1, :, :]                       [1, :, :]
            6.   7.   8.*                   6.   7.   0.*
            9.  10.  11.                    9.  10.  11.
        """,
    ),
    "special": (
        t([math.nan, math.inf, -0.0, 1.0]),
        t([math.nan, -math.inf, 0.0, math.nan]),
        """
        expected:                  yours:
            float32 (4,) on cpu        float32 (4,) on cpu
            nan  inf* -0.  1.*         nan  -inf* 0.  nan*
        """,
    ),
    "complex": (
        t([1 + 2j, 0.5 - 1j]),
        t([1 + 2j, 0.5 + 1j]),
        """
        expected:                    yours:
            complex64 (2,) on cpu        complex64 (2,) on cpu
            1.+2j  0.5-1j*               1.+2j  0.5+1j*
        """,
    ),
    "bool": (
        t([True, False]),
        t([True, True]),
        """
        expected:               yours:
            bool (2,) on cpu        bool (2,) on cpu
            True  False*            True  True*
        """,
    ),
    "half": (
        t([2.5, 0.5], dtype=torch.float16),
        t([2.5, 0.75], dtype=torch.float16),
        """
        expected:                  yours:
            float16 (2,) on cpu        float16 (2,) on cpu
            2.5  0.5*                  2.5  0.75*
        """,
    ),
    "0-dim": (
        t(7),
        t(8),
        """
        expected:              yours:
            int64 () on cpu        int64 () on cpu
            7*                     8*
        """,
    ),
    "zero-size": (
        torch.zeros(0, 3),
        torch.zeros(3, 0),
        """
        expected:                    yours:
            float32 (0, 3) on cpu        float32 (3, 0) on cpu
            no elements                  no elements
        """,
    ),
    "nested": (
        (t([1.0, 2.0]), {"a": {3}, "b": None}),
        [t([1.0, 2.0]), "a"],
        """
        expected:                                yours:
            ([1., 2.], {'a': {3}, 'b': None})        [[1., 2.], 'a']
        """,
    ),
    "too wide for two": (
        list(range(30)),
        t([1]),
        """
        expected:
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
            20, 21, 22, 23, 24, 25, 26, 27, 28, 29]
        yours:
            int64 (1,) on cpu
            1
        """,
    ),
    "array": (
        np.array([1.0, 2.0]),
        np.array([1.0, 3.0]),
        """
        expected:                 yours:
            numpy float64 (2,)        numpy float64 (2,)
            1.  2.*                   1.  3.*
        """,
    ),
    "no tensor": (
        t([True]),
        None,
        """
        expected:               yours:
            bool (1,) on cpu        None
            True
        """,
    ),
}


@pytest.mark.parametrize(("expected", "actual", "sides"), SIDES.values(), ids=SIDES)
def test_the_two_sides(expected, actual, sides):
    assert two_sides(expected, actual) == literal(sides)


def test_what_should_have_been_raised():
    wanted = Observation(Raised("exception", ("KeyError",), "'k'"), NOTHING, (), ())
    told = compare(wanted, Observation(seen(t([1, 2])), NOTHING, (), ()))
    assert text(failed(told)).split("\n\n")[3] == literal("""
        expected:            yours:
            KeyError: 'k'        int64 (2,) on cpu
                                 1 2
        """)


@pytest.mark.parametrize(("kind", "values"), [("str", "ab"), (">f4", "12"), (">i2", "34")])
def test_arrays_that_torch_does_not_know(kind, values):
    sides = two_sides(*(np.array([each]).astype(kind) for each in values))
    assert sides.startswith("expected:")
    assert all(each in sides for each in values)


def double(*values):
    return t(values, dtype=torch.complex128 if isinstance(values[0], complex) else torch.float64)


NEAR = {
    "float32": (t([0.1, 1 / 3]), t([0.1, 1 / 3]).nextafter(t(1.0))),
    "float64": (double(1 / 3), double(1 / 3 + 1e-16)),
    "complex64": (t([1 + 1j]), t([1 + 1.000001j])),
    "complex128": (double(1 + 1j), double(1 + (1 + 1e-15) * 1j)),
    "array": (np.array([2.0], dtype="float32"), np.array([2.00001], dtype="float32")),
    "int64": (t([2**60]), t([2**60 + 1])),
}


@pytest.mark.parametrize(("expected", "actual"), NEAR.values(), ids=NEAR)
def test_a_difference_in_the_last_bits_is_seen(expected, actual):
    left, right = re.findall(r"(\S+)\*", two_sides(expected, actual, (0.0, 0.0)))[-2:]
    assert left != right


def test_a_difference_of_an_input_in_the_last_bits_is_seen():
    one, other = (
        Observation(None, container_seen("dict", ["x"], [each]), (), ()) for each in NEAR["float64"]
    )
    sides = text(failed(compare(one, other, (0.0, 0.0)))).split("\n\n")[3]
    left, right = re.findall(r"0\.3\S*", sides)
    assert left != right


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(value=st.floats(width=32), other=st.floats(width=32))
@example(value=16777216.0, other=16777214.0)
@example(value=1234567.0, other=1234568.0)
def test_cells_that_differ_have_different_texts(value, other):
    cells = t([value]), t([other])
    marks = ~torch.isclose(*cells, rtol=0, atol=0, equal_nan=True)
    assume(marks.all())
    digits = grid.digits(*cells, marks)
    left, right = (grid.rows(each, marks, "", digits)[-1].plain for each in cells)
    assert left != right


LONG = {
    "message": failed(
        Difference(Stage.RAN, "result", "raises RuntimeError", None, RAISED),
        lines=RAISED.lines,
        raised="RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at "
        "non-singleton dimension 0",
    ),
    "shapes": failed(
        Difference(Stage.RAN, "result", "raises RuntimeError", None, RAISED),
        lines=(LineSeen(3, "f", "g(a)", tuple(f"{c}: float32 (2, 3, 4)" for c in "abcdef")),),
        raised="RuntimeError: no",
    ),
    "cells": failed(differing(torch.arange(1, 9) / 3, torch.arange(1, 9) / 7)),
    "double cells": failed(differing(torch.arange(1, 9).double().sqrt(), double(*range(8)))),
    "double input": failed(differing(1, 2), {"x": torch.arange(1, 9).double().sqrt()}),
    "list input": failed(differing(1, 2), {"lengths": list(range(60))}),
    "nested lists": failed(differing([[t([1.0])] * 30], [[t([1.0])] * 31])),
    "numbers": failed(differing("word " * 20, "words " * 20)),
    "diagnosis": failed(differing(1, 2), diagnosis="Too many words. " * 20),
    "sentence": replace(failed(differing(1, 2)), sentence="Each row holds a single 1. " * 9),
}


@pytest.mark.parametrize("verdict", LONG.values(), ids=LONG)
def test_lines_have_at_most_80_columns(verdict):
    assert [line for line in text(verdict).split("\n") if len(line) > WIDTH] == []


@pytest.mark.parametrize(
    ("tensor", "written"),
    [
        (t(-0.0), "-0."),
        (t([]), "no elements, shape (0,)"),
        (torch.arange(9), "[0, 1, 2, 3, 4, 5, 6, 7, …]"),
        (torch.arange(4.0).view(2, 1, 2), "[[[0., 1.]],\n [[2., 3.]]]"),
        (torch.ones(7, 1).bool(), "[[True]," + "\n [True]," * 5 + "\n …]"),
        (t([1 / 3, 1e-9, math.nan]), "[0.3333, 1e-09, nan]"),
        (t([-1.5 + 0j]), "[-1.5+0j]"),
    ],
)
def test_inline(tensor, written):
    assert grid.inline(tensor) == written


@pytest.mark.parametrize(
    ("value", "written", "told"),
    [
        ((1,), "(1,)", ""),
        ([], "[]", ""),
        ({"a": [True]}, "{'a': [True]}", ""),
        (object(), "<object>", ""),
        (torch.int8, "torch.int8", ""),
        (np.arange(2), "[0, 1]", "numpy int64 (2,)"),
        (t([0.5], requires_grad=True), "[0.5]", "float32 (1,) on cpu, requires grad"),
    ],
)
def test_shown_and_facts(value, written, told):
    assert (shown(seen(value)), facts(seen(value))) == (written, told)


@pytest.mark.parametrize(
    ("expected", "actual", "line"),
    [
        ([1, [t(1)]], [1, [t(2)]], "result[1][0]: wrong values: the value differs"),
        ({"k": 1}, {"k": 2}, "{'k': 1} expected, {'k': 2} returned"),
        ([1, "word " * 9], [2, "word " * 9], "result[0]: 1 expected, 2 returned"),
        ([t(1)], [t([1])], "result[0]: shape () expected, (1,) returned"),
    ],
)
def test_headline_names_the_place(expected, actual, line):
    assert headline(differing(expected, actual)) == line


NO_GRAPH = "element 0 of tensors does not require grad and does not have a grad_fn"


def test_every_part_at_once_is_one_screen():
    """Why it fails comes first; what has no room loses its lines, and says how many.

    Where that is not enough, blank lines go.
    """
    message = "no graph\nTry an in-place operation"
    raised = Raised("exception", ("RuntimeError", "Exception"), message, RAISED.lines)
    verdict = failed(
        Difference(Stage.RAN, "result", "raises RuntimeError", seen(t([[0.5], [2.0]])), raised),
        {"x": t([[1.0, 2.0]]), "steps": [("cube", 0.5)], "params": (t(1.0, requires_grad=True),)},
        layouts=(("x", "stride (1, 2)"), ("params[0]", "storage offset 3")),
        lines=(
            LineSeen(14, "f", "y = g(x)", ()),
            LineSeen(3, "g", "y.backward()", ("y: int64 ()",)),
        ),
        raised=f"RuntimeError: {message}",
        error=("RuntimeError", NO_GRAPH),
        printed="step 1\n\nstep 2\nstep 3",
        why="Recording is off.",
    )
    assert text(verdict) == literal("""
        exercises/indexing/one_hot.py:12, on cpu
        Each row holds a single 1.
        raises RuntimeError: no graph
        Try an in-place operation
        why:
            Recording is off.
        this usually means:
            What the gradient is asked of has no graph. No input required grad, or the
            graph was cut (detach(), no_grad()) or never made (create_graph).
        with:
            x = [[1., 2.]]
            steps = [('cube', 0.5)]
            params = (1.,)
        in your code:
            line 3, in g
                y.backward()
                with y: int64 ()
        printed:
            step 1
            … and 3 more lines
        hint:  kata hint one_hot
        again: pytest exercises
        """)
    assert headline(verdict.difference) == "raises RuntimeError: no graph"


def test_a_misconception_stands_for_what_else_could_be_said():
    """It says what the exception means here, where the rest is general."""
    verdict = failed(
        Difference(Stage.RAN, "result", "raises RuntimeError", None, RAISED),
        error=("RuntimeError", NO_GRAPH),
        diagnosis="Recording is off.",
        why="Wrong only where x is float64.",
    )
    assert "looks like:\n    Recording is off.\n" in text(verdict)
    assert "why:" not in text(verdict)
    assert "usually" not in text(verdict)


def test_an_exception_is_not_explained_where_another_one_is_asked_for():
    asked = Raised("exception", ("ValueError", "Exception"), "no")
    told = Difference(
        Stage.RAN, "result", "ValueError expected, RuntimeError raised", asked, RAISED
    )
    assert "usually" not in text(failed(told, error=("RuntimeError", NO_GRAPH)))


def test_differing_cells_have_no_more_digits_than_they_need():
    assert two_sides(t([1 / 3, 2.0]), t([0.25, 2.0])) == literal("""
        expected:                  yours:
            float32 (2,) on cpu        float32 (2,) on cpu
            0.3333* 2.                 0.25* 2.
        """)
    assert two_sides(t([1.0, 0.0]), t([1.0 + 3e-5, 0.0])) == literal("""
        expected:                  yours:
            float32 (2,) on cpu        float32 (2,) on cpu
            1.* 0.                     1.00003004* 0.
        """)


@pytest.mark.parametrize(
    ("expected", "actual", "tolerance", "words"),
    [
        (
            t(1.0),
            t(2.0),
            None,
            "wrong values: the value differs (tolerance: 1e-05 + 1.3e-06 × |expected|)",
        ),
        (
            t([1.0, 2.0]),
            t([1.0, 3.0]),
            (0.0, 0.0),
            "wrong values: 1 of 2 values differ",
        ),
        (t(1.0), t(2.0), (0.0, 1e-3), "wrong values: the value differs (tolerance: 0.001)"),
        (
            t(1.0),
            t(2.0),
            (0.01, 0.0),
            "wrong values: the value differs (tolerance: 0.01 × |expected|)",
        ),
        (t(1), t(2), None, "wrong values: the value differs"),
    ],
)
def test_the_tolerance_in_words(expected, actual, tolerance, words):
    assert headline(differing(expected, actual, tolerance)) == words


def test_what_is_long_is_cut_and_says_how_much_is_missing():
    message = "\n".join(f"kernel {number}" for number in range(30))
    raised = Raised("exception", ("RuntimeError", "Exception"), message, RAISED.lines)
    verdict = failed(
        Difference(Stage.RAN, "result", "raises RuntimeError", None, raised),
        {"lengths": list(range(400))},
        printed="\n".join(map(str, range(20))),
    )
    lines = text(verdict).split("\n")
    assert len(lines) <= LINES
    assert [line.strip() for line in lines if "more lines" in line] == [
        "… and 27 more lines",
        "… and 27 more lines",
        "… and 17 more lines",
    ]
    assert "kernel 2\n… and 27 more lines\n" in text(verdict)


def test_a_line_of_code_that_is_too_long_goes_on_under_itself():
    code = f"return rows.scatter_(-1, labels.unsqueeze(-1), {'x' * 20}, {'y' * 30})"
    verdict = replace(LONG["shapes"], lines=(LineSeen(3, "f", code, ()),))
    assert f"        {code.rpartition(' ')[0]}\n            {'y' * 30})\n" in text(verdict)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("", "raises KeyError"),
        ("one\ntwo", "raises KeyError: one"),
        ("\x1b[31m\ud800", "raises KeyError: \\x1b[31m\\ud800"),
    ],
)
def test_the_headline_of_an_exception_is_one_line_without_control_characters(message, line):
    raised = Raised("exception", ("KeyError", "Exception"), message)
    assert headline(Difference(Stage.RAN, "result", "raises KeyError", None, raised)) == line


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.99999999, "1.000"),
        (1.0, "1."),
        (1234.5678, "1234.6"),
        (1234.0, "1234."),
        (-0.0, "-0."),
        (99999.6, "1e+05"),
        (12345.67, "12345.67"),
        (1e-12, "1e-12"),
    ],
)
def test_a_number_that_is_only_near_a_whole_one_does_not_look_like_it(number, written):
    assert grid.inline(double(number)[0]) == written


OWN = "from exercises.indexing.one_hot import one_hot"


def test_the_call_stands_where_it_takes_no_more_room_than_the_inputs():
    call = Call(("import torch",), OWN, ("x = torch.tensor([1, 0])", "one_hot(x, 2)"))
    written = text(failed(differing(t([1]), t([2])), {"x": t([1, 0]), "n": 2}, call=call))
    assert "\n\ncall:\n    x = torch.tensor([1, 0])\n    one_hot(x, 2)\n\n" in written
    assert "with:" not in written


@pytest.mark.parametrize(
    ("imports", "lines"),
    [
        ((), ("x = torch.tensor([1, 0])", "n = 2", "print(n)", "one_hot(x, n)")),
        (("import numpy as np", "import math"), ("x = np.array([1])", "n = 2", "one_hot(x, 2)")),
        ((), ("one_hot(torch.tensor([" + "1, " * 30 + "0]), 2)",)),
    ],
    ids=["long", "imports", "wide"],
)
def test_a_call_that_takes_more_room_stands_back(imports, lines):
    call = Call(("import torch", *imports), OWN, lines)
    written = text(failed(differing(t([1]), t([2])), {"x": t([1, 0]), "n": 2}, call=call))
    assert "with:\n    x = [1, 0]\n" in written
    assert "call:" not in written
