"""strategies.py and bank.py: what is drawn, what it shrinks to, the same inputs for a seed."""

import subprocess
import sys
from textwrap import dedent

import numpy as np
import pytest
import torch
from hypothesis import Phase, find, given, settings
from hypothesis.errors import InvalidArgument

from torchkata import strategies as st
from torchkata.judge import bank
from torchkata.properties import forall
from torchkata.suite.curriculum import SuiteError
from torchkata.values.comparison import compare_values
from torchkata.values.observation import seen

few = settings(max_examples=60, deadline=None, database=None, derandomize=True)
searching = settings(max_examples=2000, deadline=None, database=None, derandomize=True)

FLOATING = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
WHOLE = (torch.uint8, torch.int8, torch.int32, torch.int64)


def smallest(strategy, condition):
    return find(strategy, condition, settings=searching)


def reached(strategy, condition):
    """One that holds the condition, as it was first drawn."""
    return find(strategy, condition, settings=settings(searching, phases=[Phase.generate]))


@few
@given(shape=st.shapes(1, 3, min_side=2, max_side=4))
def test_shapes(shape):
    assert type(shape) is tuple
    assert 1 <= len(shape) <= 3
    assert set(shape) <= {2, 3, 4}


def test_shapes_reach_their_limits():
    for shape in [(), (0,), (3, 3, 3, 3), (2, 0, 1)]:
        assert reached(st.shapes(), lambda drawn, shape=shape: drawn == shape) == shape


@few
@given(x=st.tensors(dtype=st.dtypes(*FLOATING), values="steps"))
def test_floating_tensors_of_steps(x):
    assert x.device.type == "cpu"
    assert not x.requires_grad
    steps = x.double() * 4
    assert torch.equal(steps, steps.round())
    assert (steps.abs() <= 32).all()


@few
@given(x=st.tensors(dtype=st.dtypes(*FLOATING)))
def test_floating_tensors_are_tenths(x):
    tenths = (x.double() * 10).round()
    assert torch.equal(x, (tenths / 10).to(x.dtype))
    assert (tenths.abs() <= 32).all()


SMALLER = [
    (torch.float32, torch.float16),
    (torch.float64, torch.float32),
    (torch.complex128, torch.complex64),
    (torch.int16, torch.float16),
    (torch.int32, torch.float32),
    (torch.int64, torch.float32),
    (torch.int64, torch.float64),
    (torch.int64, torch.int32),
]


@pytest.mark.parametrize(("dtype", "smaller"), SMALLER, ids=str)
def test_a_smaller_dtype_does_not_hold_the_values(dtype, smaller):
    def loses(x):
        return compare_values(seen(x), seen(x.to(smaller).to(dtype))) is not None

    tensors = [each["x"] for each in bank.draw(dtyped(dtype))]
    assert sum(map(loses, tensors)) > len(tensors) // 3
    reached(st.numbers(dtype), lambda number: loses(torch.tensor(number, dtype=dtype)))
    if dtype is not torch.complex128:
        name = str(dtype).removeprefix("torch.")
        reached(st.arrays((2,), name), lambda array: loses(torch.from_numpy(array)))


def dtyped(dtype):
    @forall(x=st.tensors(st.shapes(1, 2, min_side=2), dtype))
    def test_it(impl, x):
        """Holds."""
        return impl.f(x)

    return test_it


KINDS = {torch.float16: float, torch.float64: float, torch.int32: int, torch.bool: bool}


@pytest.mark.parametrize(("dtype", "kind"), KINDS.items(), ids=str)
def test_numbers_are_of_python_and_of_the_kind_asked_for(dtype, kind):
    @few
    @given(number=st.numbers(dtype))
    def hold(number):
        assert type(number) is kind
        torch.tensor(number, dtype=dtype)

    hold()


def test_numbers_shrink():
    assert smallest(st.numbers(), lambda number: number > 1) == 1.1
    assert smallest(st.numbers(values="steps"), lambda number: number > 1) == 1.25


@few
@given(x=st.tensors(dtype=st.dtypes(*WHOLE), values="steps"))
def test_whole_tensors(x):
    assert not x.is_floating_point()
    assert (x.long() <= 32).all()
    assert (x.long() >= (0 if x.dtype is torch.uint8 else -32)).all()


@few
@given(x=st.tensors((2, 3), torch.float64, layouts=["contiguous"], requires_grad=True))
def test_tensors_are_as_asked(x):
    assert (x.shape, x.dtype, x.requires_grad, x.is_leaf) == ((2, 3), torch.float64, True, True)
    assert x.is_contiguous()
    assert x.storage_offset() == 0


def test_default_dtypes():
    for dtype in (torch.float32, torch.float64):
        assert reached(st.dtypes(), lambda drawn, dtype=dtype: drawn is dtype) is dtype


def test_special_values_come_up_only_where_asked():
    rare = {torch.isnan, torch.isposinf, torch.isneginf, lambda x: torch.signbit(x) & (x == 0)}
    for holds in rare:
        reached(st.tensors(special=True), lambda x, holds=holds: bool(holds(x).any()))

    @few
    @given(x=st.tensors())
    def plain(x):
        assert torch.isfinite(x).all()
        assert not (torch.signbit(x) & (x == 0)).any()

    plain()


@pytest.mark.parametrize("dtype", [torch.float32, torch.int8, torch.uint8])
@pytest.mark.parametrize("layouts", [["contiguous"], ["expanded", "sliced"]], ids=str)
def test_unique_keeps_values_apart(dtype, layouts):
    @few
    @given(x=st.tensors(st.shapes(max_dims=2), dtype, layouts=layouts, unique=True))
    def hold(x):
        assert x.unique().numel() == x.numel()

    hold()


WIDE = torch.arange(6.0).view(2, 3)


@pytest.mark.parametrize(
    ("layout", "stride", "offset"),
    [
        ("contiguous", (3, 1), 0),
        ("transposed", (1, 2), 0),
        ("sliced", (6, 2), 0),
        ("offset", (3, 1), 3),
        ("expanded", (0, 1), 0),
    ],
)
def test_layouts(layout, stride, offset):
    laid = st.laid_out(WIDE.clone(), layout)
    assert (laid.stride(), laid.storage_offset()) == (stride, offset)
    assert torch.equal(laid, WIDE[:1].expand(2, 3) if layout == "expanded" else WIDE)
    drawn = smallest(
        st.tensors((2, 3), layouts=st.LAYOUTS),
        lambda x: (x.stride(), x.storage_offset()) == (stride, offset),
    )
    assert drawn.tolist() == [[0.0] * 3] * 2


@pytest.mark.parametrize("layout", st.LAYOUTS)
@pytest.mark.parametrize(
    "shape", [(), (1,), (0,), (2, 0), (0, 3, 1), (1, 4), (2, 1, 3, 2)], ids=str
)
def test_layouts_of_any_shape(layout, shape):
    values = torch.arange(torch.Size(shape).numel()).view(shape)
    laid = st.laid_out(values.clone(), layout)
    if layout == "expanded" and shape and shape[0] > 1:
        values = values[:1].expand(shape)
    assert laid.shape == shape
    assert torch.equal(laid, values)


@few
@given(x=st.labels(3))
def test_labels(x):
    assert x.dtype is torch.int64
    assert x.dim() <= 3
    assert ((x >= 0) & (x < 3)).all()


@few
@given(
    x=st.indices(4), fixed=st.indices(3, 2), unique=st.indices(4, unique=True), none=st.indices(0)
)
def test_indices(x, fixed, unique, none):
    assert all(each.dtype is torch.int64 and each.dim() == 1 for each in (x, fixed, unique, none))
    assert x.numel() <= 6
    assert ((x >= 0) & (x < 4)).all()
    assert fixed.numel() == 2
    assert unique.unique().numel() == unique.numel()
    assert none.numel() == 0


@few
@given(x=st.probabilities(), y=st.probabilities((2, 3), torch.float64))
def test_probabilities(x, y):
    assert (x.dtype, y.dtype, y.shape) == (torch.float32, torch.float64, (2, 3))
    for each in (x, y):
        assert each.dim() >= 1
        assert (each > 0).all()
        torch.testing.assert_close(each.sum(-1), torch.ones_like(each.sum(-1)))


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "int16", "uint8", "bool"])
def test_arrays(dtype):
    @few
    @given(x=st.arrays(dtype=dtype, values="steps"))
    def hold(x):
        assert type(x) is np.ndarray
        assert x.dtype == dtype
        assert x.flags.c_contiguous
        most = 8 if x.dtype.kind in "fc" else 32
        assert x.size == 0 or (np.abs(x.astype(complex)) <= most).all()

    hold()


SMALLEST = {
    "tensor": (st.tensors(), lambda x: True, torch.tensor(0.0)),
    "cells": (st.tensors(), lambda x: x.numel() > 1, torch.zeros(2)),
    "values": (st.tensors((2,)), lambda x: x.sum() > 1, torch.tensor([0.0, 1.1])),
    "steps": (
        st.tensors((2,), values="steps"),
        lambda x: x.sum() > 1,
        torch.tensor([0.0, 1.25]),
    ),
    "matrix": (st.tensors(), lambda x: x.dim() == 2 and x.numel() > 0, torch.zeros(1, 1)),
    "dtype": (st.tensors(dtype=st.dtypes(torch.int8, torch.bool)), lambda x: True, torch.tensor(0)),
    "bool": (st.tensors((1,), torch.bool), lambda x: bool(x.any()), torch.tensor([True])),
    "labels": (st.labels(5), lambda x: bool((x == 3).any()), torch.tensor(3)),
    "indices": (st.indices(9), lambda x: x.numel() > 1, torch.tensor([0, 0])),
    "probabilities": (st.probabilities(), lambda x: True, torch.tensor([1.0])),
    "not contiguous": (st.tensors(), lambda x: not x.is_contiguous(), None),
}


@pytest.mark.parametrize(("strategy", "condition", "plain"), SMALLEST.values(), ids=SMALLEST)
def test_shrinks_to_what_is_small_contiguous_and_plain(strategy, condition, plain):
    found = smallest(strategy, condition)
    if plain is None:
        assert found.tolist() in ([[0.0] * 2] * 2, [0.0, 0.0])
        return
    assert (found.shape, found.tolist()) == (plain.shape, plain.tolist())
    assert found.is_contiguous()
    assert found.storage_offset() == 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: st.shapes(3, 2), "shapes: 0 <= min_dims=3 <= max_dims=2 must hold"),
        (lambda: st.shapes(-1), "shapes: 0 <= min_dims=-1 <= max_dims=4 must hold"),
        (lambda: st.shapes(min_side=4), "shapes: 0 <= min_side=4 <= max_side=3 must hold"),
        (lambda: st.labels(0), "labels: classes=0 must be at least 1"),
        (lambda: st.indices(0, 2), "indices: count=2 values from 0 to length=0 - 1 can't be drawn"),
        (
            lambda: st.indices(-1),
            "indices: count=None values from 0 to length=-1 - 1 can't be drawn",
        ),
        (
            lambda: st.indices(3, -1),
            "indices: count=-1 values from 0 to length=3 - 1 can't be drawn",
        ),
        (
            lambda: st.indices(3, 4, unique=True),
            "indices: count=4 values from 0 to length=3 - 1 can't be drawn",
        ),
        (
            lambda: st.tensors(layouts=["rows"]),
            "layout 'rows' must be one of contiguous, transposed, sliced, offset, expanded",
        ),
        (
            lambda: st.labels(3, layouts=["rows"]),
            "layout 'rows' must be one of contiguous, transposed, sliced, offset, expanded",
        ),
        (lambda: st.tensors(values="many"), "values='many' must be one of digits, steps"),
        (lambda: st.arrays(values="many"), "values='many' must be one of digits, steps"),
        (lambda: st.numbers(values="many"), "values='many' must be one of digits, steps"),
        (
            lambda: st.laid_out(WIDE, "rows"),
            "layout='rows' must be one of contiguous, transposed, sliced, offset, expanded",
        ),
    ],
)
def test_what_can_not_be_is_refused_at_once(make, message):
    with pytest.raises(InvalidArgument) as refused:
        make()
    assert str(refused.value) == message


@forall(x=st.tensors(special=True), n=st.integers(), word=st.text())
def test_anything(impl, x, n, word):
    """Holds."""
    return impl.f(x, n, word)


@forall(n=st.integers(0, 1000), x=st.tensors())
def test_numbers(impl, n, x):
    """Holds."""
    return impl.f(n, x)


# Properties, not tests of their own.
anything, numbers = test_anything, test_numbers
del test_anything, test_numbers


@pytest.mark.slow
def test_a_seed_says_what_is_drawn():
    first, again, other = (repr(bank.draw(anything, seed)) for seed in (0, 0, 1))
    assert first == again
    assert first != other
    assert len(bank.draw(anything)) == anything.examples == 30


def test_properties_draw_independently():
    drawn = [repr([each["x"] for each in bank.draw(prop)]) for prop in (anything, numbers)]
    assert drawn[0] != drawn[1]


def test_shrink_finds_the_minimum():
    def fails(inputs):
        return inputs["n"] >= 17

    for seed in range(3):
        found = bank.shrink(numbers, fails, seed)
        assert found["n"] == 17
        assert torch.equal(found["x"], torch.tensor(0.0))
    assert bank.shrink(numbers, lambda inputs: False) is None


# One in thousands of pairs: no bank would hold it by chance.
RARE = torch.tensor([7.5, float("nan")])


def with_strata(strata):
    @forall(n=st.integers(0, 1000), x=st.tensors(), strata=strata)
    def test_it(impl, n, x):
        """Holds."""
        return impl.f(n, x)

    return test_it


STRATA = {
    "a dict of strategies": {"n": st.integers(987, 989)},
    "a strategy of dicts": st.integers(987, 989).map(lambda n: {"n": n}),
}


@pytest.mark.slow
@pytest.mark.parametrize("stratum", STRATA.values(), ids=STRATA)
def test_every_bank_holds_each_stratum(stratum):
    for seed in range(20):
        prop = with_strata({"rare": stratum, "fixed": {"n": st.just(5), "x": st.just(RARE)}})
        drawn = bank.draw(prop, seed)
        rare = [each for each in drawn if each["n"] >= 987]
        assert len(rare) >= 2
        assert len({repr(each["x"]) for each in rare}) > 1, "the others are drawn as ever"
        assert any(each["x"] is RARE for each in drawn)
        assert len(drawn) >= prop.examples
        found = bank.shrink(prop, lambda each: each["n"] >= 987, seed)
        assert found["n"] == 987
        assert found["x"].numel() == 1


def test_strata_change_nothing_else():
    alone = bank.draw(with_strata(None))
    among = bank.draw(with_strata({"rare": {"n": st.just(5)}}))
    assert repr(among[: len(alone)]) == repr(alone)


@pytest.mark.parametrize(
    ("stratum", "sentence"),
    [
        ({"y": st.just(1)}, "stratum 'odd' gives 'y'; it must give some of ['n', 'x']"),
        ({}, "stratum 'odd' gives nothing; it must give some of ['n', 'x']"),
        ({"n": 1}, "stratum 'odd' must be a dict of strategies, or one of dicts"),
        (5, "stratum 'odd' must be a dict of strategies, or one of dicts"),
    ],
)
def test_a_stratum_that_can_not_be_is_refused_at_once(stratum, sentence):
    with pytest.raises(SuiteError) as refused:
        with_strata({"odd": stratum})
    where = str(refused.value)
    assert where.endswith(sentence)
    assert f"{__file__}:" in where
    assert "test_it" in where


def test_a_stratum_that_draws_what_can_not_be_is_refused():
    with pytest.raises(SuiteError, match=r"stratum 'odd' gives 'y'; it must give some of"):
        bank.draw(with_strata({"odd": st.just({"y": 1})}))


def test_shrink_is_deterministic():
    def tried():
        inputs = []

        def fails(each):
            inputs.append(repr(each))
            return each["n"] % 7 == 3 and each["x"].numel() > 0

        bank.shrink(numbers, fails)
        return inputs

    assert tried() == tried()


def test_shrink_ends_where_nothing_is_steady():
    count = 0

    def fails(inputs):
        nonlocal count
        count += 1
        return count % 3 == 2

    assert bank.shrink(numbers, fails) is not None
    assert count <= numbers.examples + bank.SHRINK_STEPS


DRAWING = dedent("""
    from torchkata.judge import bank
    from torchkata import strategies as st
    from torchkata.properties import forall

    @forall(n=st.integers(), x=st.floats(), word=st.text(), examples=100)
    def test_it(impl, n, x, word):
        '''Holds.'''
        return impl.f(n, x, word)

    alone = repr(bank.draw(test_it))
    import odd
    assert len(alone) > 1000
    assert alone == repr(bank.draw(test_it))
""")


@pytest.mark.slow
def test_other_modules_do_not_change_the_bank(tmp_path):
    """Hypothesis draws constants that it finds in local modules; a bank must not."""
    odd = "\n".join(f"A{n} = {n}87654321\nB{n} = {n}.015625\nC{n} = 'odd{n}'" for n in range(1, 40))
    (tmp_path / "odd.py").write_text(odd)
    (tmp_path / "drawing.py").write_text(DRAWING)
    environment = {"PYTHONPATH": ":".join(map(str, [tmp_path, *filter(None, sys.path)]))}
    ran = subprocess.run(
        [sys.executable, "drawing.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
