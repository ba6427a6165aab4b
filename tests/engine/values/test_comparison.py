"""comparison.py: the first stage that differs, in a sentence; nothing is ever broadcast."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from torchkata.values.comparison import compare
from torchkata.values.difference import Stage
from torchkata.values.observation import (
    InputSeen,
    Observation,
    OpaqueSeen,
    Raised,
    container_seen,
    seen,
    tensor_seen,
)
from torchkata.values.pairs import compare_values
from torchkata.values.wording import type_name

NOTHING = container_seen("dict", (), ())


def observed(value, **further):
    return Observation(seen(value), NOTHING, (), (), **further)


def with_inputs(tensors, versions=False):
    """An observation of a call that returned None, with its inputs as they are afterwards."""
    inputs = container_seen("dict", tensors.keys(), tensors.values())
    flags = tuple(
        InputSeen(name, None if each.grad is None else tensor_seen(each.grad), versions)
        for name, each in tensors.items()
    )
    return Observation(None, inputs, flags, ())


def told(expected, actual, tolerance=None):
    """Stage, place and sentence of the difference of two values; None where there is none."""
    found = compare(observed(expected), observed(actual), tolerance)
    return found and (found.stage, found.where, found.sentence)


def t(*values, **how):
    return torch.tensor(list(values), **how)


DIFFERENCES = {
    "type": (t(1.0), 1.0, Stage.TYPE, "a tensor expected, a float returned"),
    "None": (t(1.0), None, Stage.TYPE, "a tensor expected, None returned"),
    "bool is no int": (1, True, Stage.TYPE, "an int expected, a bool returned"),
    "int is no float": (1.0, 1, Stage.TYPE, "a float expected, an int returned"),
    "tuple is no list": ([1], (1,), Stage.TYPE, "a list of 1 expected, a tuple of 1 returned"),
    "array is no tensor": (
        t(1.0),
        np.ones(1, dtype="float32"),
        Stage.TYPE,
        "a tensor expected, a numpy array returned",
    ),
    "opaque": (object(), slice(3), Stage.TYPE, "an object expected, a slice returned"),
    "length": ([1, 2], [1], Stage.TYPE, "a list of 2 expected, a list of 1 returned"),
    "keys": (
        {"a": 1},
        {"b": 1},
        Stage.TYPE,
        "a dict of 1 with the keys ['a'] expected, ['b'] returned",
    ),
    "shape": (t(1.0, 1.0), t(1.0), Stage.SHAPE, "shape (2,) expected, (1,) returned"),
    "dtype": (t(1.0), t(2), Stage.DTYPE, "wrong dtype: float32 expected, int64 returned"),
    "only dtype": (
        t(1.0),
        t(1),
        Stage.DTYPE,
        "right values, wrong dtype: float32 expected, int64 returned",
    ),
    "array dtype": (
        np.ones(1),
        np.ones(1, dtype="int64"),
        Stage.DTYPE,
        "right values, wrong dtype: float64 expected, int64 returned",
    ),
    "values": (t(1.0, 2.0, 3.0), t(1.0, 5.0, 4.0), Stage.VALUES, "2 of 3 values differ"),
    "one value": (t(1.0), t(2.0), Stage.VALUES, "the value differs"),
    "array values": (np.zeros(2), np.array([0.0, 1.0]), Stage.VALUES, "1 of 2 values differ"),
    "number": (3, 4, Stage.VALUES, "3 expected, 4 returned"),
    "text": ("a", "b", Stage.VALUES, "'a' expected, 'b' returned"),
    "dtypes": (
        torch.float32,
        torch.int64,
        Stage.VALUES,
        "torch.float32 expected, torch.int64 returned",
    ),
    "bool values": (t(True), t(False), Stage.VALUES, "the value differs"),
    "not in the graph": (
        t(1.0, requires_grad=True),
        t(1.0),
        Stage.GRADIENT,
        "it must be part of the autograd graph; yours does not require grad",
    ),
    "in the graph": (
        t(1.0),
        t(1.0, requires_grad=True),
        Stage.GRADIENT,
        "it must not require grad; yours does",
    ),
}


@pytest.mark.parametrize(
    ("expected", "actual", "stage", "sentence"), DIFFERENCES.values(), ids=DIFFERENCES
)
def test_says_what_differs(expected, actual, stage, sentence):
    assert told(expected, actual) == (stage, "result", sentence)
    assert told(expected, expected) is None
    assert told(actual, actual) is None


def test_says_the_device():
    here = tensor_seen(t(1.0, 2.0))
    for there, begin in (
        (replace(here, device="sim:0"), "right values, wrong device"),
        (replace(here, device="sim:0", values=t(1.0, 3.0)), "wrong device"),
    ):
        found = compare_values(here, there)
        assert (found.stage, found.sentence) == (
            Stage.DEVICE,
            f"{begin}: cpu expected, sim:0 returned",
        )


def test_stages_come_in_order_over_all_parts_of_a_result():
    """A later part's earlier stage is told before an earlier part's later one."""
    right = [t(1.0), t(1.0), t(1.0), t(1.0), 0]
    parts = {
        Stage.TYPE: (4, 0.0),
        Stage.SHAPE: (3, t(1.0, 1.0)),
        Stage.DTYPE: (2, t(1)),
        Stage.VALUES: (1, t(2.0)),
        Stage.GRADIENT: (0, t(1.0, requires_grad=True)),
    }
    wrong = list(right)
    for position, value in parts.values():
        wrong[position] = value
    for stage, (position, _) in parts.items():
        found = compare(observed(right), observed(wrong))
        assert (found.stage, found.where) == (stage, f"result[{position}]")
        wrong[position] = right[position]
    assert compare(observed(right), observed(wrong)) is None


def test_stages_after_the_values_come_in_order():
    expected = observed(1)
    everything = {
        "outcome": 2,
        "left_changed": ("the default dtype was changed",),
        "sharing": (("result", "x", "is"),),
        "banned": (("torch.eye", 3),),
    }
    stages = [Stage.VALUES, Stage.AFTERWARDS, Stage.SHARING, Stage.OPERATIONS]
    for stage, name in zip(stages, list(everything), strict=True):
        assert compare(expected, replace(expected, **everything)).stage is stage
        del everything[name]
    assert compare(expected, expected) is None


@pytest.mark.parametrize("expected", [(), (1,), (1, 1), (1, 1, 1)], ids=str)
@pytest.mark.parametrize("actual", [(), (1,), (1, 1), (1, 1, 1)], ids=str)
def test_nothing_is_broadcast(expected, actual):
    found = told(torch.full(expected, 6), torch.full(actual, 6))
    sentence = f"shape {expected} expected, {actual} returned"
    assert found == (None if expected == actual else (Stage.SHAPE, "result", sentence))


@pytest.mark.parametrize("shapes", [((0,), (0, 3)), ((2, 0), (0, 2)), ((3,), (3, 0))], ids=str)
def test_zero_size_shapes_are_told_apart(shapes):
    expected, actual = map(torch.zeros, shapes)
    assert told(expected, actual)[0] is Stage.SHAPE
    assert told(expected, expected.clone()) is None


NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (NAN, NAN, True),
        (NAN, 0.0, False),
        (0.0, NAN, False),
        (INF, INF, True),
        (INF, -INF, False),
        (INF, 3e38, False),
        (0.0, -0.0, True),
    ],
)
@pytest.mark.parametrize("make", [float, t, np.float32, lambda x: complex(1, x)])
def test_special_values(make, expected, actual, same):
    if make is np.float32:
        expected, actual = (np.array([x], dtype="float32") for x in (expected, actual))
    else:
        expected, actual = make(expected), make(actual)
    assert (told(expected, actual) is None) is same


def test_nan_does_not_hide_another_difference():
    assert told(t(NAN, 1.0, 2.0), t(NAN, 1.0, 3.0))[2] == "1 of 3 values differ"


FLOATING = [torch.float16, torch.bfloat16, torch.float32]
COMPLEX = [torch.complex64]
WHOLE = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]


def accepted_by_torch(expected, actual):
    try:
        torch.testing.assert_close(actual, expected, equal_nan=True)
    except AssertionError:
        return False
    return True


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(
    dtype=st.sampled_from(FLOATING + COMPLEX + WHOLE),
    value=st.floats(-1e4, 1e4) | st.sampled_from([0.0, NAN, INF, -INF]),
    factor=st.floats(0, 3),
    relative=st.booleans(),
)
@example(dtype=torch.float32, value=1.0, factor=0.99, relative=True)
@example(dtype=torch.float16, value=0.0, factor=1.01, relative=False)
def test_tolerances_are_those_of_assert_close(dtype, value, factor, relative):
    """Near the edge of each dtype's tolerance, by values a little more or less than it away."""
    if dtype in WHOLE:
        value = int(value) % 2 if math.isfinite(value) else 1
        step = int(factor)
    else:
        rtol, atol = torch.testing._comparison.default_tolerances(dtype)
        step = factor * (rtol * abs(value) if relative and math.isfinite(value) else atol)
    expected = torch.tensor([value], dtype=dtype)
    actual = torch.tensor([value + step], dtype=torch.float64).to(dtype)
    assert (told(expected, actual) is None) == accepted_by_torch(expected, actual)


@pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])
def test_float64_shows_a_detour_through_float32_but_no_order_of_summation(dtype):
    smaller = {torch.float64: torch.float32, torch.complex128: torch.complex64}[dtype]
    tenths = torch.arange(1, 1000).to(dtype) / 10
    assert told(tenths, tenths.to(smaller).to(dtype)) is not None
    assert told(tenths.sum(), tenths.flip(0).cumsum(0)[-1]) is None


@pytest.mark.parametrize("value", [0.0, 1.0, -250.0])
def test_python_floats_that_float32_holds_have_its_tolerance(value):
    near = 0.9 * (1e-5 + 1.3e-6 * abs(value))
    assert told(value, value + near) is None
    assert told(value, value + 2 * near) is not None
    assert told(complex(value, 1), complex(value, 1 + near)) is None


@pytest.mark.parametrize("value", [0.1, -25.3, 1e-3 / 3, 1e300])
def test_other_python_floats_were_computed_in_float64(value):
    assert told(value, value * (1 + 1e-15)) is None
    for wrong in (value * (1 + 1e-8), t(value).item()):
        assert told(value, wrong) is not None
        assert told(complex(0, value), complex(0, wrong)) is not None


def test_python_floats_do_not_overflow():
    assert told(1e300, 2e300)[2] == "1e+300 expected, 2e+300 returned"
    assert told(complex(1e300, 0), complex(2e300, 0)) is not None


@pytest.mark.parametrize("make", [t, lambda *v: np.array(v, dtype="float32")])
def test_tolerance_can_be_set(make):
    expected, actual = make(100.0, 1.0), make(101.0, 1.0)
    assert told(expected, actual, (0.02, 0.0)) is None
    assert told(expected, actual, (0.0, 2.0)) is None
    assert told(expected, actual, (0.001, 0.1))[2] == "1 of 2 values differ"


def test_the_difference_holds_the_tolerance_and_both_sides():
    found = compare(observed(t(1.0)), observed(t(2.0)))
    assert found.tolerance == (1.3e-6, 1e-5)
    assert found.expected.values.tolist() == [1.0]
    assert found.actual.values.tolist() == [2.0]
    assert compare(observed(t(1.0)), observed(t(2.0)), (0.0, 0.5)).tolerance == (0.0, 0.5)
    assert compare(observed(t(1)), observed(t(2))).tolerance is None


@pytest.mark.parametrize(
    ("expected", "actual", "where", "sentence"),
    [
        ([1, [2, 3]], [1, [2, 4]], "result", "[1, [2, 3]] expected, [1, [2, 4]] returned"),
        ([1, t(2.0), [3]], [1, t(2.0), [4]], "result[2][0]", "3 expected, 4 returned"),
        (("ab " * 20, 3), ("ab " * 20, 4), "result[1]", "3 expected, 4 returned"),
        ({"a": (t(1.0),)}, {"a": (t(2.0),)}, "result['a'][0]", "the value differs"),
        ([1, [2]], [1, [2, 2]], "result[1]", "a list of 1 expected, a list of 2 returned"),
        ({1: "x"}, {1: "x", 2: "y"}, "result", "a dict of 1 expected, a dict of 2 returned"),
        ({1, 2}, {1, 2, 3}, "result", "a set of 2 expected, a set of 3 returned"),
    ],
)
def test_the_place_in_nested_results(expected, actual, where, sentence):
    found = compare(observed(expected), observed(actual))
    assert (found.where, found.sentence) == (where, sentence)


def test_sets_have_no_order():
    assert told({"a", "b", "c"}, {"c", "b", "a"}) is None


def test_dicts_have_no_order():
    assert told({"a": 1, "b": 2}, {"b": 2, "a": 1}) is None


def test_dict_keys_are_told_apart_by_type():
    assert told({1: "x"}, {True: "x"})[0] is Stage.TYPE
    assert told({1: "x"}, {1.0: "x"})[0] is Stage.TYPE


def raised(*kinds, cause="exception", message="said", **further):
    return Raised(cause, (*kinds, "Exception", "BaseException"), message, **further)


def told_raised(expected, actual):
    one, other = (Observation(each, NOTHING, (), ()) for each in (expected, actual))
    found = compare(one, other)
    return found and (found.stage, found.sentence)


@pytest.mark.parametrize(
    ("expected", "actual", "sentence"),
    [
        (1, raised("KeyError"), "raises KeyError"),
        (raised("KeyError"), 1, "KeyError expected; nothing was raised"),
        (raised("KeyError"), raised("ValueError"), "KeyError expected, ValueError raised"),
        (
            raised("KeyError", "LookupError"),
            raised("LookupError"),
            "KeyError expected, LookupError raised",
        ),
        (1, raised("ContractBroken", cause="contract"), "said"),
        (
            1,
            raised("TimeLimit", cause="time", message="stopped after 2 s: is there a loop?"),
            "stopped after 2 s: is there a loop?",
        ),
    ],
)
def test_says_what_was_raised(expected, actual, sentence):
    assert told_raised(expected, actual) == (Stage.RAN, sentence)


def test_a_subclass_of_the_exception_is_as_good():
    asked = raised("LookupError", message="one")
    assert told_raised(asked, raised("LookupError", message="other")) is None
    assert told_raised(asked, raised("KeyError", "LookupError")) is None


def test_an_invariant_is_told_in_its_own_words():
    failing = raised("AssertionError", cause="invariant", message="Rows sum to 1.\nassert 2 == 1")
    assert told_raised(1, failing) == (Stage.VALUES, "Rows sum to 1.")


def test_a_reference_that_differs_is_told_as_any_difference():
    sides = (seen(t(1.0, 2.0)), seen(t(1.0)), None)
    failing = raised("ReferenceDiffers", "AssertionError", cause="invariant", reference=sides)
    assert told_raised(1, failing) == (Stage.SHAPE, "shape (2,) expected, (1,) returned")


def test_a_reference_is_compared_with_the_tolerance_that_was_asked_for():
    sides = (seen(t(1.0)), seen(t(1.0 + 1e-6)), (0.0, 1e-9))
    failing = raised("ReferenceDiffers", "AssertionError", cause="invariant", reference=sides)
    found = compare(observed(1), Observation(failing, NOTHING, (), ()), (0.1, 0.1))
    assert (found.sentence, found.tolerance) == ("the value differs", (0.0, 1e-9))
    assert (found.expected, found.actual) == sides[:2]


@pytest.mark.parametrize(
    ("kind", "words"), [("Tensor", "using its result"), ("NoneType", "what follows")]
)
def test_what_fails_after_a_call_that_gave_the_right_type(kind, words):
    unusable = raised("RuntimeError", cause="unusable", message="no graph")
    calls = (("first", "Tensor"), ("f", kind))
    wanted = Observation(1, NOTHING, (), (), calls=(*calls, ("last", "int")))
    found = compare(wanted, Observation(unusable, NOTHING, (), (), calls=calls))
    assert found.sentence == f"f ran to its end, but {words} raises RuntimeError: no graph"


@pytest.mark.parametrize(
    ("calls", "begin"),
    [
        (
            (("first", "Tensor"), ("f", "NoneType")),
            "f returned None (no return statement?), which can't be used",
        ),
        ((("f", "int"),), "f returned an int, which can't be used"),
    ],
)
def test_says_what_can_not_be_used(calls, begin):
    unusable = raised("TypeError", cause="unusable", message="no len()")
    actual = Observation(unusable, NOTHING, (), (), calls=calls)
    found = compare(observed(1), actual)
    assert (found.stage, found.sentence) == (Stage.TYPE, f"{begin}: TypeError: no len()")


def test_says_that_a_use_fails_where_no_call_came_back():
    unusable = raised("TypeError", cause="unusable", message="no len()")
    found = compare(observed(1), Observation(unusable, NOTHING, (), ()))
    assert found.sentence == "used as the property says, it raises TypeError: no len()"


def leaf(value, grad=None, **how):
    tensor = torch.tensor([value], **how)
    if grad is not None:
        tensor.requires_grad_().grad = torch.tensor([grad])
    return tensor


@pytest.mark.parametrize(
    ("expected", "actual", "where", "sentence"),
    [
        (leaf(1.0), leaf(2.0), "x", "x is not what it must be after the call"),
        (leaf(1.0), leaf(1), "x", "x is not what it must be after the call"),
        (
            leaf(1.0, requires_grad=True),
            leaf(1.0, 3.0),
            "x.grad",
            "x.grad was written; the call must leave it alone",
        ),
        (
            leaf(1.0, 3.0),
            leaf(1.0, requires_grad=True),
            "x.grad",
            "x.grad must be set after the call; it is None",
        ),
        (leaf(1.0, 3.0), leaf(1.0, 4.0), "x.grad", "x.grad is not what it must be after the call"),
        (
            leaf(1.0),
            leaf(1.0, requires_grad=True),
            "x",
            "x.requires_grad must be False after the call; it is True",
        ),
    ],
)
def test_inputs_afterwards(expected, actual, where, sentence):
    found = compare(with_inputs({"x": expected}), with_inputs({"x": actual}))
    assert (found.stage, found.where, found.sentence) == (Stage.AFTERWARDS, where, sentence)


def test_writing_what_was_there_already_counts():
    still, written = (with_inputs({"x": leaf(1.0)}, versions) for versions in (False, True))
    assert compare(still, written).sentence == ("x was written to; the call must leave it alone")
    assert compare(written, still).sentence == (
        "x holds the right values, but x._version is as before: nothing was written to x, or "
        "autograd can't see the write, as one through .data or numpy"
    )
    assert compare(written, written) is None
    unchanged = tuple(replace(each, changed=False) for each in written.tensors)
    assert compare(replace(written, tensors=unchanged), still) is None


def test_a_hook_that_stays_is_told_where_the_right_answer_leaves_none():
    bare = observed(1)
    hooked = observed(1, hooked=("x",))
    found = compare(bare, hooked)
    assert found.sentence == "the call leaves a hook on x, which takes part in later gradients too"
    assert compare(hooked, bare) is None
    assert compare(hooked, hooked) is None


def test_a_tensor_that_is_given_other_memory_is_told_where_the_right_answer_leaves_it():
    still, moved = observed(1), observed(1, moved=("x",))
    found = compare(still, moved)
    assert found.sentence == (
        "the call gives x another shape, other strides or other memory, as x.data = … does; it "
        "must leave x as it is"
    )
    assert compare(moved, still) is None
    assert compare(moved, moved) is None


def test_a_write_with_other_values_is_called_a_write():
    still, written = with_inputs({"x": leaf(1.0)}), with_inputs({"x": leaf(2.0)}, versions=True)
    found = compare(still, written)
    assert found.sentence == "x was written to; the call must leave it alone"
    assert found.actual.values.tolist() == [2.0]


def test_a_call_that_raises_as_it_must_still_leaves_its_inputs_alone():
    expected, actual = (
        replace(with_inputs({"x": leaf(value)}), outcome=raised("ValueError"))
        for value in (1.0, 2.0)
    )
    assert compare(expected, actual).stage is Stage.AFTERWARDS


def test_the_state_of_torch_afterwards():
    changed = Observation(None, NOTHING, (), ("gradient recording: True before, False after",))
    assert compare(observed(None), changed).sentence == (
        "the call leaves torch changed: gradient recording: True before, False after"
    )


@pytest.mark.parametrize(
    ("wanted", "found", "sentence"),
    [
        (
            None,
            "shares memory with",
            "the result must have memory of its own, apart from x; yours shares memory with x",
        ),
        (
            "shares memory with",
            None,
            "the result must share memory with x; yours has memory of its own, apart from x",
        ),
        ("is", "shares memory with", "the result must be x itself; yours shares memory with x"),
        (None, "is", "the result must have memory of its own, apart from x; yours is x itself"),
    ],
)
def test_sharing(wanted, found, sentence):
    expected, actual = (
        observed(None, sharing=(("result", "x", each),) if each else ()) for each in (wanted, found)
    )
    difference = compare(expected, actual)
    assert (difference.stage, difference.sentence) == (Stage.SHARING, sentence)
    assert compare(actual, actual) is None


def test_where_a_view_is_asked_for_the_tensor_itself_will_do():
    expected, actual = (
        observed(None, sharing=(("result", "x", each),)) for each in ("shares memory with", "is")
    )
    assert compare(expected, actual) is None


def test_the_first_part_that_shares_otherwise_is_told():
    """Of many, always the first in the result's order, whatever the hashes of this process."""
    paths = tuple((f"result[{each}]", "x", "is") for each in range(40))
    assert compare(observed(None), observed(None, sharing=paths)).where == "result[0]"


def test_banned_calls():
    calls = (("torch.eye", 3), ("torch.eq", 7))
    assert compare(observed(1), observed(1, banned=calls)).sentence == (
        "calls torch.eye in line 3 and torch.eq in line 7, which this kata is about doing without"
    )
    excused = observed(1, banned=(("torch.eq", 2),))
    assert compare(excused, observed(1, banned=calls)).sentence == (
        "calls torch.eye in line 3, which this kata is about doing without"
    )
    assert compare(excused, observed(1)) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (True, "a bool"),
        (1j, "a complex"),
        ("", "a str"),
        (torch.int8, "a dtype"),
        (OpaqueSeen("Iterator"), "an Iterator"),
        (OpaqueSeen("UserDict"), "a UserDict"),
    ],
)
def test_type_names(value, name):
    assert type_name(value) == name
