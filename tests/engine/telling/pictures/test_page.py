"""A verdict as HTML: it says what its text says, shows what differs, and can't act."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from torchkata.judge.judging import Judge
from torchkata.judge.loading import LearnerFile
from torchkata.judge.verdict import Call, CloserLook, Verdict
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings
from torchkata.telling.pictures import verdict_css, verdict_html
from torchkata.telling.rendering import render
from torchkata.values.anatomy import call_seen
from torchkata.values.comparison import compare
from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import LineSeen, Observation, Raised, container_seen, seen

ROOT = Path(__file__).parents[4]
NOTHING = container_seen("dict", (), ())
FAILED = Verdict(
    "indexing/one_hot", "one_one", "Each row has one 1.", "cpu", "failed", "one_hot.py", 12
)
INERT = {
    *("article", "p", "div", "span", "pre", "code", "figure", "figcaption", "ol", "li"),
    *("details", "summary", "svg", "title", "desc", "g", "rect", "path", "polygon", "text"),
}
SVG = "{http://www.w3.org/2000/svg}"

t = torch.tensor


def failed(expected, actual, **further):
    one, other = (Observation(seen(each), NOTHING, (), ()) for each in (expected, actual))
    inputs = container_seen("dict", ("n",), (3,))
    return replace(FAILED, difference=compare(one, other), inputs=inputs, **further)


def parsed(verdict):
    return ElementTree.fromstring(verdict_html(verdict))


def words(verdict):
    return " ".join(" ".join(parsed(verdict).itertext()).split())


def of_class(root, name):
    return [each for each in root.iter() if name in each.get("class", "").split()]


def cells(figure):
    """The texts of the cells of a figure, those that are marked with a star behind."""
    return [
        next(each.iter(f"{SVG}text")).text + ("*" if of_class(each, "kata-mark") else "")
        for each in of_class(figure, "kata-cell")
    ]


def sides(verdict):
    return [*of_class(parsed(verdict), "kata-side")]


def test_says_all_that_the_text_says():
    lines = (LineSeen(3, "helper", "return a + b", ("a: int64 (2,)",)),)
    verdict = failed(
        t([[0.0, 1.0]]), t([[1.0, 0.0]]), why="Yours is turned round.", lines=lines, printed="hm"
    )
    verdict = replace(verdict, call=Call(("import torch",), "from x import f", ("f(3)",)))
    said = words(verdict)
    for line in render(verdict).plain.split("\n"):
        told = line.strip()
        if "*" not in told and told not in ("", "expected:                      yours:"):
            for each in re.split(r" {3,}", told):
                assert each in said


@pytest.mark.parametrize(
    ("outcome", "further", "told"),
    [
        ("passed", {}, "passed on cpu"),
        ("todo", {"unwritten": ("one_hot",)}, "one_hot is not written yet."),
        ("failed", {"refusal": "Has a syntax error.\n  def f(:"}, "def f(:"),
        (
            "failed",
            {"difference": Difference(Stage.RAN, "result", "not tried"), "brief": True},
            "not tried",
        ),
    ],
)
def test_other_outcomes(outcome, further, told):
    assert told in words(replace(FAILED, outcome=outcome, **further))


def test_differing_cells_are_marked_by_shape():
    expected, yours = sides(failed(t([[0.0, 1.0], [1.0, 0.0]]), t([[0.0, 1.0], [0.0, 1.0]])))
    assert cells(expected) == ["0.", "1.", "1.*", "0.*"]
    assert cells(yours) == ["0.", "1.", "0.*", "1.*"]
    shapes = [of_class(each, "kata-mark")[0].get("d")[-8:] for each in (expected, yours)]
    assert shapes[0] != shapes[1]


def test_axes_say_dim_and_size_and_which_size_differs():
    expected, yours = sides(failed(torch.zeros(2, 3), torch.zeros(4, 3)))
    axes = [
        " ".join(each.text for each in of_class(side, "kata-axis") if each.text)
        for side in (expected, yours)
    ]
    assert axes == ["dim 1, size 3 dim 0 size 2", "dim 1, size 3 dim 0 size 4"]
    differ = [each.text for each in of_class(yours, "kata-differs") if each.text]
    assert differ == ["dim 0", "size 4"]


def test_every_picture_says_in_words_what_it_shows():
    expected, _ = sides(failed(t([[0.0, 1.0]]), t([[0.0, float("nan")]])))
    (picture,) = expected.iter(f"{SVG}svg")
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text == "expected: float32 (1, 2) on cpu"
    assert picture.find(f"{SVG}desc").text == "dim 0 size 1, dim 1 size 2. 0: 0., 1. (differs)."


def test_a_large_tensor_is_cut_round_the_first_cell_that_differs():
    wrong = torch.zeros(300, 300)
    wrong[40, 50] = 1
    _, yours = sides(failed(torch.zeros(300, 300), wrong))
    assert len(cells(yours)) == 48
    assert cells(yours).count("1.*") == 1
    assert {"40", "50", "⋯", "⋮"} <= {each.text for each in of_class(yours, "kata-head")}


def test_more_than_two_dims_are_slices_and_those_that_differ_come_first():
    wrong = torch.zeros(9, 2, 2)
    wrong[7, 1, 1] = 1
    _, yours = sides(failed(torch.zeros(9, 2, 2), wrong))
    names = [each.text for each in of_class(yours, "kata-slice")]
    assert names == [f"[{lead}, :, :]" for lead in (0, 1, 2, 7)]
    assert "slices along dim 0 (size 9); 5 more not shown" in "".join(yours.itertext())


@pytest.mark.parametrize(
    ("expected", "actual", "shown"),
    [
        (t(1.0), t(1.0000999), ["1.0000999*"]),
        (t([1 + 2j, 3 - 1j]), t([1 + 2j, 3 + 1j]), ["1.+2j", "3.+1j*"]),
        (t([True, False]), t([False, False]), ["False*", "False"]),
        (t([float("inf"), 1.0]), t([float("nan"), 1.0]), ["nan*", "1."]),
        (torch.zeros(0, 3), torch.zeros(0, 2), []),
        ([t([1.0]), t([2.0])], [t([3.0])], ["3.*"]),
        ({"a": t([1.0]), "b": 2}, {"a": t([0.0]), "b": 2}, ["0.*"]),
        (["a" * 20, "b" * 20], ["a" * 20, "c" * 20, "d"], ["'" + "a" * 20 + "'"]),
        (np.array([1, 2]), np.array([1, 3]), ["1", "3*"]),
        (np.array(["a", "b"]), np.array(["a", "c"]), []),
        (t([1, 2]), None, []),
    ],
)
def test_all_kinds_of_values(expected, actual, shown):
    _, yours = sides(failed(expected, actual))
    assert cells(yours)[: len(shown)] == shown
    assert cells(yours)[len(shown) :] == (
        [] if shown[:1] != ["'" + "a" * 20 + "'"] else ["'" + "c" * 20 + "'*", "'d'*"]
    )


HOSTILE = [
    "<script>window.x = 1</script>",
    "\"><img src=x onerror='window.x = 1'>",
    "</title></svg></style><b>",
    "]]><!-- --> <?php ?> {{ 7 * 7 }} &amp; &#60;",
    "\x00\x1b[31m\ud800\u202e\ufffe\u2028",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_value_holds_can_act(text):
    """Whatever stands in values, messages, names, code and output is text."""
    raised = Raised("exception", (text,), text, (LineSeen(1, text, text, (text,)),))
    inputs = container_seen("dict", (text, "x"), ({text: t([1.0])}, text))
    verdicts = [
        failed([text], [text, text], why=text, diagnosis=text, printed=text, path=text),
        failed({text: t([1.0])}, {text: t([2.0])}, call=Call((text,), "", (text,) * 20)),
        failed(t(1.0), t(2.0), sentence=text, device=text),
        replace(FAILED, refusal=text, error=("RuntimeError", text)),
    ]
    shown = Observation(raised, NOTHING, (), ()), Observation(seen(t(1.0)), NOTHING, (), ())
    verdicts.append(replace(FAILED, difference=compare(*shown[::-1]), lines=raised.lines))
    for verdict in verdicts:
        article = verdict_html(replace(verdict, inputs=inputs))
        article.encode()
        elements = list(ElementTree.fromstring(article).iter())
        assert {each.tag.removeprefix(SVG) for each in elements} <= INERT
        names = {name for each in elements for name in each.attrib}
        assert not [each for each in names if each.startswith("on") or each in ("href", "src")]
        assert "id" not in names
        assert not any(
            "window" in value or "url(" in value
            for each in elements
            for name, value in each.items()
        )
        assert Tags(article).found == [each.tag.removeprefix(SVG) for each in elements]


class Tags(HTMLParser):
    """The elements that HTML, not XML, finds in a text, in order."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)

    def handle_startendtag(self, tag, attrs):
        raise AssertionError(f"<{tag}/> is open in HTML and closed in XML")


def test_the_style_sheet_loads_nothing_and_has_every_colour_twice():
    css = verdict_css()
    assert "url(" not in css
    assert "@import" not in css
    for name in set(re.findall(r"var\((--kata-\w+(?:-\w+)*)\)", css)):
        assert css.count(f"{name}:") == 4, name


def judged(exercise, source, tmp_path):
    """The first verdict that a wrong answer gets."""
    judge = Judge(read_suite(ROOT).find(exercise), Settings())
    path = tmp_path / "answer.py"
    path.write_text(source)
    subject = judge.learner(LearnerFile(path, judge.oracle.stub), "answer")
    verdicts = (judge.judge(prop, subject, "cpu") for prop in judge.oracle.specification.properties)
    return next(each for each in verdicts if each.outcome == "failed")


def test_storage_is_drawn_where_memory_is_asked_for(tmp_path):
    source = (
        "import math\n"
        "def row_major(shape):\n"
        "    return tuple(math.prod(max(s, 1) for s in shape[i + 1:]) for i in range(len(shape)))\n"
        "def swap_dims(x, a, b):\n"
        "    size, stride = list(x.shape), list(x.stride())\n"
        "    size[a], size[b] = size[b], size[a]\n"
        "    return x.as_strided(size, stride)\n"
    )
    said = words(judged("strides", source, tmp_path))
    assert "memory when swap_dims returns: expected storage: " in said
    assert re.search(r"result: shape \(.*\), stride \(.*\), offset", said)


def test_the_graph_is_drawn_where_it_is_cut(tmp_path):
    source = "import torch\ndef round_st(x):\n    return torch.round(x.detach())\n"
    source += (
        "def td_loss(q, r, q_next, gamma):\n    return (q - r - gamma * q_next).square().mean()\n"
    )
    verdict = judged("straight_through", source, tmp_path)
    said = words(verdict)
    assert "graph behind what round_st returns:" in said
    assert "Gradients flow from result to nothing. x: cut off." in said


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(max_size=9)
)
TENSORS = hnp.arrays(
    st.sampled_from([np.float32, np.int64, np.bool_, np.complex64]),
    hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=3),
).map(torch.from_numpy)
ANYTHING = st.recursive(
    PLAIN | TENSORS,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inside, max_size=3)
        | st.tuples(inside, inside)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(ANYTHING, ANYTHING)
def test_any_two_values_have_a_picture(expected, actual):
    verdict = failed(expected, actual)
    if verdict.difference is not None:
        parsed(verdict)
        parsed(replace(verdict, unsteady=(seen(expected), seen(actual))))


def looked_at(result, **arguments):
    """A verdict with a closer look at one call, the solution's and the learner's alike."""
    call = call_seen("f", arguments, result, ended=True)
    verdict = failed(t([1.0]), t([2.0]))
    return replace(verdict, closer_look=CloserLook(call, call, memory_matters=True))


def test_a_storage_shows_which_cells_no_tensor_touches():
    x = torch.arange(16.0)
    figures = of_class(parsed(looked_at(x[1::2], y=x[1::2])), "kata-side")[2:]
    for figure in figures:
        untouched = of_class(figure, "kata-untouched")
        texts = [each.find(f"{SVG}text").text for each in untouched]
        assert texts == [f"{number}." for number in range(0, 16, 2)]
    whole = parsed(looked_at(x, y=x))
    assert of_class(whole, "kata-box")
    assert not of_class(whole, "kata-untouched")


def test_a_storage_that_says_nothing_is_not_drawn():
    x, y = torch.arange(6.0).reshape(2, 3), torch.zeros(2)
    said = words(looked_at(x.t(), x=x, y=y))
    assert "result: shape (3, 2), stride (1, 3), offset 0" in said
    assert "y: shape" not in said
    assert "memory" not in words(looked_at(y.clone(), x=x, y=y))


def test_a_long_graph_is_drawn_in_part():
    leaf = torch.ones(2, requires_grad=True)
    for steps, told in ((12, "5 more operations"), (100, "many more operations")):
        result = leaf
        for _ in range(steps):
            result = result * leaf
        said = words(looked_at(result, leaf=leaf))
        assert told in said
