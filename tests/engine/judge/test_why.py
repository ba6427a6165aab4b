"""why.py: what tells why an input fails, found by trying and by comparing."""

import sys
from pathlib import Path

import pytest
import torch

from torchkata.devices import choice
from torchkata.judge.counterfactuals import changed_input, common_fact
from torchkata.judge.judging import Judge
from torchkata.judge.legibility import flaws
from torchkata.judge.loading import LearnerFile
from torchkata.judge.relations import Pair, one_way, relation
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.values.observation import container_seen, seen

t = torch.tensor
TABLE = torch.arange(6.0).view(2, 3) ** 2
CUBE = torch.arange(12.0).view(2, 2, 3) ** 2


def pair(expected, actual, **inputs):
    return Pair(
        seen(expected), seen(actual), container_seen("dict", inputs.keys(), inputs.values())
    )


RELATIONS = {
    "Yours is the expected result transposed.": [(TABLE, TABLE.T), (TABLE + 1, TABLE.T + 1)],
    "Yours is the expected result with dimensions -3 and -1 exchanged.": [
        (CUBE, CUBE.transpose(0, 2))
    ],
    "Yours is the expected result in reverse order.": [(t([1.0, 2, 4, 5]), t([5.0, 4, 2, 1]))],
    "Yours is the expected result in reverse order along dim -1.": [(TABLE, TABLE.flip(1))],
    "Yours is the expected result, shifted by one.": [
        (t([1.0, 2, 4, 8]), t([0.0, 1, 2, 4])),
        (t([3.0, 5]), t([9.0, 3])),
    ],
    "Yours is the negative of the expected result.": [(TABLE, -TABLE)],
    "Yours is the absolute value of the expected result.": [
        (-TABLE, TABLE),
        (TABLE - 4, (TABLE - 4).abs()),
    ],
    "Yours is all zeros.": [(TABLE, TABLE * 0), (t([1.0, 2.0]), t([0.0, 0.0]))],
    "Yours is always 0.": [(t(float(number)), t(0.0)) for number in range(1, 6)],
    "Yours is the expected result times 2.": [(TABLE, TABLE * 2), (t(3.0), t(6.0))],
    "Yours adds up: each item is the sum of the expected ones up to it.": [
        ([t(1.0), t(2.0)], [t(1.0), t(3.0)]),
        ([t(2.0), t(5.0), t(1.0)], [t(2.0), t(7.0), t(8.0)]),
    ],
    "Yours is the expected result without its fractions.": [(TABLE + 0.75, TABLE)],
    "Yours is right to the digits that float32 has, and no further: digits are lost on the way.": [
        ((TABLE / 3).double().sqrt(), (TABLE / 3).sqrt().double()),
        (t([2**24 + 1]), t([2**24])),
    ],
    "Yours is right to the digits that float64 has, and no further: whole numbers beyond 2**53 are "
    "rounded there.": [(t([2**53 + 1, 4]), t([2**53, 4]))],
    "The values are right; yours has one dimension of size 1 too many.": [
        (TABLE, TABLE[None]),
        (t([1.0, 2.0]), t([[1.0], [2.0]])),
    ],
    "The values are right; yours lacks a dimension of size 1.": [(TABLE[:, :1], TABLE[:, 0])] * 2,
    "Yours has the right values in the right order, in another shape.": [(TABLE, TABLE.view(3, 2))],
    "Yours has the right values in other places.": [
        (t([1.0, 5, 2, 9]), t([5.0, 9, 1, 2])),
        (t([3.0, 1, 2]), t([1.0, 3, 2])),
    ],
    "The cells that differ are NaN in yours.": [
        (t([1.0, 2.0]), t([1.0, torch.nan])),
        (t([1.0, 2.0, 3.0]), t([torch.nan, 2.0, torch.nan])),
    ],
    "Only the cells differ that must be NaN.": [
        (t([1.0, torch.nan, 2.0]), t([1.0, 5.0, 2.0])),
        (t([torch.nan, 2.0]), t([0.0, 2.0])),
    ],
    "Only the last position of dim -2 differs.": [
        (TABLE, torch.cat([TABLE[:1], TABLE[1:] + t([2.0, 5.0, 9.5])])),
        (CUBE[0], torch.cat([CUBE[0, :1], CUBE[0, 1:] - t([7.0, 5.0, 1.5])])),
    ],
}


@pytest.mark.parametrize(("sentence", "pairs"), RELATIONS.items(), ids=RELATIONS)
def test_a_relation_is_told_where_it_holds_of_all(sentence, pairs):
    assert relation([pair(*each) for each in pairs]) == sentence
    odd = pair(t([1.0, 2.0, 3.0, 4.0, 5.0]), t([2.5, 17.0, 3.0, -4.0, 0.0]))
    assert relation([*(pair(*each) for each in pairs), odd]) is None


@pytest.mark.parametrize(
    "pairs",
    [
        [(t([3.0, 5]), t([9.0, 3])), (t([2.0, 7]), t([1.0, 2]))],
        [(t([4.0, 4, 4, 4]), t([9.0, 4, 4, 4]))],
        [(torch.zeros(0, 3), torch.zeros(0, 4)), (t([3.0, 5, 1, 1]), t([9.0, 3, 5, 2]))],
    ],
    ids=["one value comes again", "all values are the same", "there is none"],
)
def test_what_may_be_chance_is_called_no_shift(pairs):
    assert "shifted" not in str(relation([pair(*each) for each in pairs]))


def test_a_factor_has_the_name_of_a_size():
    pairs = [pair(x.mean(), x.sum(), x=x) for x in (t([1.0, 2.0, 6.0]), TABLE, t([5.0, 8.0]), CUBE)]
    assert relation(pairs) == "Yours is the expected result times the number of elements of x."
    pairs = [
        pair(x.var(correction=0), x.var(), x=x)
        for x in (t([1.0, 2.0, 6.0]), TABLE, CUBE, CUBE + TABLE)
    ]
    assert relation(pairs) == (
        "Yours is the expected result times n / (n - 1), where n is the number of elements of x."
    )


def test_an_input_may_come_back():
    pairs = [pair(x.flip(0) * 3, x, x=x, y=x * 2) for x in (t([1.0, 2.0]), t([3.0, 5.0, 4.0]))]
    assert relation(pairs) == "Yours has the values of x as they were."
    pairs = [pair(x.T, x.reshape(3, 2), x=x) for x in (TABLE, TABLE + 1)]
    assert relation(pairs) == (
        "Yours has the values of x in the order in which x has them: they were given another "
        "shape, and none was moved."
    )


def test_a_relation_of_few_cells_is_no_relation():
    assert relation([pair(t(1.0), t(-1.0)), pair(t(2.0), t(-2.0))]) is None


def test_results_that_agree_have_no_relation():
    assert relation([pair(TABLE, TABLE), pair(TABLE, TABLE.T)]) is None


def test_wrong_answers_in_one_way():
    assert one_way([pair(True, False)] * 3) == (
        "All 3 inputs that are wrong are so in one way: True is expected, and yours gives False."
    )
    assert one_way([pair(True, False)] * 3 + [pair(False, True)]) is None
    assert one_way([pair(True, False)] * 2) is None
    assert one_way([pair(1.5, 2.5)] * 5) is None


def drawn(fails, made, number=40):
    """Inputs as a bank has them, and whether each is right."""
    inputs = [made(each) for each in range(number)]
    return [(each, not fails(each)) for each in inputs]


def common(fails, made, values_matter=True, number=40):
    """The common fact of the inputs that fail, for the first of them."""
    tried = drawn(fails, made, number)
    shown = next(inputs for inputs, right in tried if not right)
    return common_fact(shown, tried, [], values_matter)


def shaped(number):
    """Tensors of many shapes, with different values."""
    generator = torch.Generator().manual_seed(number)
    shape = [number % 3 + 1, number % 4 + 2][: 1 + number % 2]
    return {"x": torch.randn(shape, generator=generator), "keep": number % 5 < 2}


FACTS = {
    "x has one dimension: the other 20": lambda x, keep: x.dim() == 1,
    "keep is True: the other 24": lambda x, keep: keep,
    "a dimension of x is 1: the other 26": lambda x, keep: 1 in x.shape,
    "x has more than two dimensions": None,
}


@pytest.mark.parametrize(("phrase", "fails"), list(FACTS.items())[:3], ids=list(FACTS)[:3])
def test_what_those_that_fail_have_in_common(phrase, fails):
    told = common(lambda inputs: fails(**inputs), shaped)
    assert told == f"Wrong only where {phrase} inputs tried are right."


def test_two_facts_where_one_is_not_enough():
    told = common(
        lambda inputs: inputs["h"] == inputs["x"].shape[-2] or inputs["w"] == inputs["x"].shape[-1],
        lambda number: {
            "x": torch.randn(3 + number % 3, 4 + number % 2),
            "h": 1 + number % 5,
            "w": 2 + number % 4,
        },
        number=60,
    )
    assert told is not None
    assert told.startswith("Wrong only where h is x.shape[-2] or w is x.shape[-1]: ")


def test_nothing_in_common_is_not_told():
    assert common(lambda inputs: "7" in str(inputs["x"].sum().item()), shaped) is None
    assert common(lambda inputs: True, shaped) is None


def test_one_input_that_was_tried_besides_refutes_a_fact():
    tried = drawn(lambda inputs: inputs["keep"], shaped)
    shown = next(inputs for inputs, right in tried if not right)
    other = {**shown, "keep": False}
    assert common_fact(shown, tried, [], True) is not None
    assert common_fact(shown, tried, [(other, False)], True) is None


def test_an_input_that_is_tried_again_tells_nothing_new():
    tried = drawn(lambda inputs: False, shaped)
    always = {"x": torch.randn(3, 3, 3, 3), "keep": True}
    assert common_fact(always, [*tried, *[(always, False)] * 20], [], True) is None


def dict_of(number):
    """Values by name, of which "own" is seldom there."""
    state = {"net.own": torch.randn(2), "net.other": torch.randn(2, 2)}
    return {"state": {**state, "own": torch.randn(2)} if number % 4 == 0 else state}


def test_what_is_not_there_has_no_facts():
    told = common(lambda inputs: "own" in inputs["state"], dict_of)
    assert told == "Wrong only where state has 'own': the other 30 inputs tried are right."


def test_what_the_learner_does_not_see_is_not_told():
    tried = drawn(lambda inputs: inputs["keep"], shaped)
    shown = next(inputs for inputs, right in tried if not right)
    assert common_fact(shown, tried, [], True) is not None
    assert common_fact({"x": shown["x"]}, tried, [], True) is None


def test_values_make_no_difference_to_a_shape():
    def signed(number):
        return {"x": t([1.0, 2.0, 3.0]) * (1 if number % 3 else -1) * (number + 1)}

    def fails(inputs):
        return bool(inputs["x"][0] < 0)

    assert common(fails, signed) is not None
    assert common(fails, signed, values_matter=False) is None


def test_all_inputs_that_there_are_need_no_chance():
    told = common(
        lambda inputs: not inputs["contiguous"],
        lambda number: {"contiguous": bool(number % 2)},
        number=4,
    )
    assert told == "Wrong only where contiguous is False: the other input tried is right."


def test_that_one_input_alone_is_otherwise_is_not_told():
    assert (
        common(
            lambda inputs: inputs["n"] > 0,
            lambda number: {"n": 7 if number % 2 else -7},
            number=4,
        )
        is None
    )


CHANGES = {
    "With the same values laid out contiguously it is right: something depends on strides.": (
        {"x": TABLE.T},
        lambda x: not x.is_contiguous(),
    ),
    "The same input without the NaN is right.": (
        {"x": t([1.0, torch.nan])},
        lambda x: bool(x.isnan().any()),
    ),
    "The same input without the infinity is right.": (
        {"x": t([1.0, torch.inf])},
        lambda x: bool(x.isinf().any()),
    ),
    "The same input is right when it does not require grad.": (
        {"x": TABLE.clone().requires_grad_()},
        lambda x: x.requires_grad,
    ),
    "With the same dim counted from the front it is right: a negative dim is not.": (
        {"x": TABLE, "dim": -1},
        lambda x, dim: dim < 0,
    ),
    "The same input with fewer digits is right: digits are lost on the way.": (
        {"x": (TABLE.double() / 3).requires_grad_()},
        lambda x: not x.float().double().equal(x),
    ),
    "The same input as float32 is right: float64 is not kept to.": (
        {"x": TABLE.double()},
        lambda x: x.dtype is torch.float64,
    ),
}


@pytest.mark.parametrize(("sentence", "case"), CHANGES.items(), ids=CHANGES)
def test_what_makes_the_input_right(sentence, case):
    shown, fails = case
    asked = []

    def passes(inputs):
        asked.append(inputs)
        return not fails(**inputs)

    assert changed_input(shown, [(shown, False)], passes) == sentence
    assert len(asked) <= len(CHANGES)
    assert changed_input(shown, [(shown, False)], lambda inputs: False) is None
    plain = {**shown, "x": torch.ones(2), **({"dim": 0} if "dim" in shown else {})}
    assert changed_input(shown, [(plain, False)], passes) is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"x": t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}, {"x": torch.ones(2, 3)}),
        ({"x": t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}, {"x": t([[1.0, 2.0], [3.0, 4.0]])}),
        ({"x": t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}, {"x": t([[1.0, 2.0, 3.0]])}),
        ({"x": t([1.0, 2.0])}, {"x": t([2.0])}),
        ({"x": t([2.0])}, {"x": t([0.0])}),
        ({"x": t([0.0])}, {"x": torch.zeros(0)}),
        ({"x": t([1.0, 2.0])}, {"x": torch.arange(24.0).view(2, 3, 2, 2)}),
        ({"mask": t([True, False])}, {"mask": t([False, False])}),
        ({"a": 1, "b": 2}, {"a": -2, "b": -2}),
    ],
)
def test_an_input_that_shows_more_has_fewer_flaws(better, worse):
    assert flaws(better) < flaws(worse)


KEEPS = """
import torch
ROWS = {}

def one_hot(labels, num_classes, dtype=torch.float32):
    if labels.shape not in ROWS:
        rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
        ROWS[labels.shape] = rows.scatter_(-1, labels.unsqueeze(-1), 1)
    return ROWS[labels.shape].clone()
"""
ON_THE_CPU = """
import torch

def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype)
    return rows.scatter_(-1, labels.cpu().unsqueeze(-1), 1)
"""


def first_failure(name, source, device, tmp_path):
    choice.choose(None)
    exercise = read_suite(Path(__file__).parents[3]).find(name)
    path = tmp_path / f"{name}.py"
    path.write_text(source)
    judge = Judge(exercise, Settings())
    module = f"exercises.{exercise.topic}.{name}"
    subject = judge.learner(LearnerFile(path, judge.oracle.stub), module)
    loaded = sys.modules[module]
    verdicts = (
        judge.judge(prop, subject, device) for prop in judge.oracle.specification.properties
    )
    verdict = next(each for each in verdicts if each.outcome == "failed")
    assert sys.modules.pop(module) is loaded
    return verdict


FAILS_WITHOUT_PIXELS = """
import torch

def to_tensor(a):
    if a.ndim not in (2, 3):
        raise ValueError(f"{a.ndim} dimensions")
    picture = torch.tensor(a.copy())
    picture = picture[None] if a.ndim == 2 else picture.permute(2, 0, 1).contiguous()
    return picture / 255 if a.dtype == "uint8" and picture.max() >= 0 else picture
"""


def test_a_call_is_explained_by_what_is_in_it(tmp_path):
    verdict = first_failure("to_tensor", FAILS_WITHOUT_PIXELS, "cpu", tmp_path)
    assert verdict.call.lines[-1].startswith("to_tensor(")
    assert "empty" in verdict.inputs.keys  # the property's word, for how the array is made
    assert verdict.why is None


@pytest.mark.parametrize(
    ("source", "device", "sentence"),
    [
        (
            KEEPS,
            "cpu",
            "As the first call of a fresh start the same input is right: something is kept from "
            "earlier calls.",
        ),
        (ON_THE_CPU, "sim", "The same input on the CPU is right."),
    ],
)
def test_what_is_right_when_it_is_tried_elsewhere(source, device, sentence, tmp_path):
    assert first_failure("one_hot", source, device, tmp_path).why == sentence
