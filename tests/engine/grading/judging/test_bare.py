"""What the worker gets of a test file: nothing that tells what is right."""

import ast
import dataclasses
import importlib.util

import pytest
import torch

from tests.engine.clones import ROOT
from torchkata.grading.judging.bare import bare
from torchkata.judge.guard import Guard
from torchkata.judge.oracle import Oracle
from torchkata.judge.specification import specification
from torchkata.judge.trial import observe
from torchkata.properties import Property
from torchkata.suite.curriculum import read_suite

SUITE = read_suite(ROOT)

SOURCE = '''\
"""Of what the answer is."""

import math
from itertools import chain, pairwise

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

TRUTH = {"one": 1}
SIZE = 3
SHAPES = st.shapes(SIZE)


def reference(x):
    return torch.full_like(x, math.pi)


def shaped(x):
    return list(pairwise(x)), SIZE


@st.composite
def inputs(draw):
    return {"x": draw(st.tensors(SHAPES))}


@forall(inputs(), n=st.integers(), ban=[torch.sum], examples=5)
def test_fits(impl, x, n):
    """It fits."""
    result = impl.answer(shaped(x))
    assert_same(result, reference(x), (0.0, 0.0))
    return result


@misconception(of="answer", says="No.")
def is_wrong(x):
    return TRUTH["one"]
'''

BARE = '''\
from hypothesis.strategies import nothing as _nothing
from itertools import pairwise
import torch
from torchkata.properties import assert_same, forall
SIZE = 3

def shaped(x):
    return (list(pairwise(x)), SIZE)

@forall(_nothing(), n=_nothing(), ban=[torch.sum], examples=5)
def test_fits(impl, x, n):
    """It fits."""
    result = impl.answer(shaped(x))
    assert_same(result, None)
    return result
'''


def test_leaves_the_properties_and_what_they_need():
    assert bare(SOURCE) == BARE


def test_refuses_a_reference_that_it_can_not_see():
    with pytest.raises(ValueError, match=r"^line 2: assert_same\(\*…\) hides which is the ref"):
        bare("def test_it(impl):\n    assert_same(*impl.both())\n")


def test_refuses_inputs_that_it_can_not_see():
    with pytest.raises(ValueError, match=r"^line 1: forall\(\*\*…\) hides which inputs there are$"):
        bare("@forall(x=st.integers(), **MORE)\ndef test_it(impl, x, y): ...\n")


@pytest.mark.parametrize("exercise", SUITE.exercises, ids=lambda each: each.key)
def test_leaves_no_reference_and_no_answer_in_any_exercise(exercise):
    tree = ast.parse(bare(exercise.test_path.read_text()))
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    references = [each.args[1:] for each in calls if ast.unparse(each.func) == "assert_same"]
    assert {ast.unparse(each) for args in references for each in args} <= {"None"}
    marks = [mark.answer.__name__ for mark in specification(exercise).misconceptions]
    made = {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    assert not made & {*marks, "_Answer", "really", "reference", "expected", "wanted"}
    stored = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    assert not stored & {"TRUTH", "GRADIENTS", "BENDS", "APART"}


@pytest.mark.parametrize(
    "key", ["indexing/one_hot", "optim/momentum", "autograd/graph_leaves", "autograd/predict_flags"]
)
def test_the_properties_see_the_same(tmp_path, key):
    exercise = SUITE.find(key)
    oracle = Oracle(exercise, seed=0)
    whole = oracle.specification.properties
    path = tmp_path / "bare.py"
    path.write_text(bare(exercise.test_path.read_text()))
    spec = importlib.util.spec_from_file_location("bare", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.assert_same = lambda actual, _: None
    found = [value for value in vars(module).values() if isinstance(value, Property)]
    for prop, original in zip(found, whole, strict=True):
        for field in ("name", "sentence", "targets", "ban", "aliasing", "raises", "wants_device"):
            assert getattr(prop, field) == getattr(original, field)
        inputs = oracle.inputs(original)[0]
        seen = [
            observe(each, oracle.solution.implementation, inputs, "cpu", Guard(60))
            for each in (prop, original)
        ]
        one, other = (plain(dataclasses.asdict(each)["outcome"]) for each in seen)
        assert one == other


def plain(data):
    match data:
        case torch.Tensor():
            return data.tolist()
        case dict():
            return {key: plain(value) for key, value in data.items()}
        case list() | tuple():
            return [plain(each) for each in data]
    return data
