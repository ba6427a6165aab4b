"""sources.py: an answer with what it uses of a notebook, as the text of a file."""

import math
import sys
import types

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from torchkata.notebook.sources import Answer, answer_of, as_file
from torchkata.suite.curriculum import SuiteError

STUB = """\
\"\"\"Title.\"\"\"

import torch
from torch import Tensor

LIMIT = 5


def f(x):
    raise NotImplementedError


def g(x):
    raise NotImplementedError
"""


def taken(text, line=1, stub='"""Title."""\n', **namespace):
    return as_file(Answer(text, line), {"__name__": "__main__", **namespace}, stub)


def defined(text, **given):
    """What a cell of this text leaves in a namespace; its lines are known as a cell's are."""
    import linecache

    name = f"<cell {len(linecache.cache)}>"
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    namespace = {"__name__": "__main__", "In": [text], **given}
    exec(compile(text, name, "exec"), namespace)
    return namespace


@pytest.mark.parametrize(
    ("used", "value", "line"),
    [
        ("torch", torch, "import torch"),
        ("F", F, "import torch.nn.functional as F"),
        ("nn", nn, "import torch.nn as nn"),
        ("Tensor", Tensor, "from torch import Tensor"),
        ("zeros", torch.zeros, "from torch import zeros"),
        ("root", math.sqrt, "from math import sqrt as root"),
        ("LIMIT", 3, "LIMIT = 3"),
        ("NAMES", {"a": (1, None)}, "NAMES = {'a': (1, None)}"),
    ],
)
def test_what_is_used_of_the_notebook_goes_before(used, value, line):
    file = taken(f"def f(x):\n    return {used}\n", **{used: value})
    assert file.text.split("\n")[:2] == [line, "def f(x):"]
    assert (file.begins, file.shift) == (2, 1)


def test_tensors_go_along_with_their_import():
    file = taken("def f():\n    return W\n", W=torch.tensor([1.0, 2.0]))
    assert file.text.startswith("import torch\nW = torch.tensor([1.0, 2.0])\ndef f")


def test_imports_take_one_line_and_the_answer_keeps_its_own():
    file = taken("def f(x):\n    return F.relu(torch.abs(x))", 4, F=F, torch=torch)
    lines = file.text.split("\n")
    assert lines[:4] == ["import torch.nn.functional as F; import torch", "", "", "def f(x):"]
    assert file.shift == 0


def test_only_what_is_used_goes_along():
    """An attribute, a parameter and a name that the answer makes itself are no use of a name."""
    text = "LIMIT = 2\ndef f(x, y=1):\n    z = x.view(-1)\n    return [z for view in y]"
    names = dict.fromkeys(("LIMIT", "x", "y", "z", "view", "other"), object())
    assert taken(text, **names).text == text + "\n"


def test_functions_and_classes_of_the_notebook_go_along_with_what_they_use():
    namespace = defined(
        "class Base:\n    pass\n\n"
        "class Kind(Base):\n    size = LIMIT\n\n"
        "def helper(x):\n    return Kind, torch.abs(x)\n\n"
        "def f(x):\n    return helper(x)\n",
        torch=torch,
        LIMIT=3,
    )
    answer = answer_of(namespace["f"], namespace)
    assert answer == Answer("def f(x):\n    return helper(x)\n", 10)
    text = as_file(answer, namespace, STUB).text
    order = ["import torch\n", "class Base", "LIMIT = 3\n", "class Kind", "def helper", "def f("]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    exec(text, {})


def test_a_recursive_helper_goes_along_once():
    namespace = defined(
        "def even(n):\n    return n == 0 or odd(n - 1)\n"
        "def odd(n):\n    return n != 0 and even(n - 1)\n"
        "def f(n):\n    return even(n)\n"
    )
    text = as_file(answer_of(namespace["f"], namespace), namespace, STUB).text
    assert text.count("def even") == text.count("def odd") == 1


def test_decorators_belong_to_an_answer():
    namespace = defined("@torch.no_grad()\ndef f(x):\n    return x\n", torch=torch)
    assert answer_of(namespace["f"], namespace).text.startswith("@torch.no_grad()\ndef f")


def test_what_is_left_of_the_stub_stands_behind():
    text = taken("def f(x):\n    return LIMIT", stub=STUB).text
    assert text.count("def f(") == 1
    assert "LIMIT = 5" in text
    assert text.endswith("def g(x):\n    raise NotImplementedError\n")
    assert "LIMIT = 5" not in taken("LIMIT = 1\ndef f(x):\n    return LIMIT", stub=STUB).text


def test_what_no_file_could_hold_is_refused():
    with pytest.raises(SuiteError) as error:
        taken("def f(x):\n    return model(x)", model=nn.Linear(1, 1))
    assert str(error.value) == (
        "Your code uses model of the notebook, a value of type Linear. A file has no notebook "
        "round it: make model within the function, or in a function that it calls."
    )


def test_without_a_source_nothing_can_be_judged():
    namespace = {}
    exec("def f(x):\n    return x", namespace)
    with pytest.raises(SuiteError, match="The source of f can't be found: define it by `def`"):
        answer_of(namespace["f"], namespace)


def test_a_text_that_does_not_parse_is_left_as_it_is():
    assert taken("def f(:", stub=STUB).text.startswith("def f(:\n")


def test_the_module_of_this_test_is_no_notebook():
    """What another module defines is imported from there."""
    module = types.ModuleType("helpers")
    exec("def helper():\n    return 1", vars(module))
    sys.modules["helpers"] = module
    try:
        text = taken("def f():\n    return helper()", helper=module.helper).text
    finally:
        del sys.modules["helpers"]
    assert text.startswith("from helpers import helper\n")
