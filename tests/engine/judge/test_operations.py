"""operations.py: which calls of an implementation are met, and whose calls they are."""

import types
from pathlib import Path
from textwrap import dedent

import pytest
import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.judge.guard import Guard
from torchkata.judge.implementation import Contract, of_module
from torchkata.judge.operations import LEAVES_TORCH, display_name
from torchkata.judge.trial import observe
from torchkata.properties import forall
from torchkata.values.comparison import compare

HEAD = """\
import numpy as np
import torch
import torch.nn.functional as F
from torch import eye as identity, nn
"""
FIRST = HEAD.count("\n") + 1


def implementation(source):
    module = types.ModuleType("learner")
    exec(compile(HEAD + dedent(source).strip("\n"), "learner.py", "exec"), vars(module))
    return of_module(module, Contract({}, frozenset()), Path("learner.py"))


def observed(prop, source, counts=False, **inputs):
    with Guard() as guard:
        return observe(prop, implementation(source), inputs, "cpu", guard, count_operations=counts)


def met(source, *ban):
    """The banned calls of a source that defines `f(x)`, with its lines counted from 1."""

    @forall(x=st.tensors(), ban=ban)
    def test_it(impl, x):
        """Holds."""
        impl.f(x)

    observation = observed(test_it, source, x=torch.ones(2, 2))
    assert observation.outcome is None
    return [(name, line - FIRST + 1) for name, line in observation.banned]


@pytest.mark.parametrize(
    ("ban", "body"),
    [
        (torch.eq, "torch.eq(x, 1)"),
        (torch.eq, "x.eq(1)"),
        (torch.eq, "x.eq_(1)"),
        (torch.eq, "x == 1"),
        (torch.eq, "1 == x"),
        (torch.eq, "x.__eq__(1)"),
        (torch.ne, "x != 1"),
        (torch.lt, "x < 1"),
        (torch.matmul, "x @ x"),
        (torch.matmul, "x.matmul(x)"),
        (torch.add, "x + 1"),
        (torch.add, "1 + x"),
        (torch.add, "x += 1"),
        (torch.add, "x.add_(1)"),
        (torch.sub, "1 - x"),
        (torch.mul, "x * 2"),
        (torch.mul, "2 * x"),
        (torch.mul, "x *= 2"),
        (torch.div, "x / 2"),
        (torch.div, "2 / x"),
        (torch.div, "x /= 2"),
        (torch.pow, "x ** 2"),
        (torch.neg, "-x"),
        (torch.abs, "abs(x)"),
        (torch.bitwise_and, "x.bool() & x.bool()"),
        (torch.bitwise_not, "~x.bool()"),
        (torch.max, "x.max()"),
        (torch.Tensor.max, "torch.max(x)"),
        (torch.eye, "identity(3)"),
        (torch.eye, "getattr(torch, 'ey' + 'e')(3)"),
        (torch.eye, "torch.eye(3, out=torch.empty(3, 3))"),
        (F.one_hot, "F.one_hot(x.long())"),
        (F.one_hot, "nn.functional.one_hot(x.long())"),
        (F.relu, "x.relu()"),
        (F.relu, "nn.ReLU()(x)"),
        (torch.cumsum, "list(map(torch.cumsum, [x], [0]))"),
    ],
)
def test_a_ban_meets_every_form(ban, body):
    assert met(f"def f(x):\n    {body}\n", ban) == [(display_name(ban), 2)]


@pytest.mark.parametrize(
    ("ban", "body"),
    [
        (torch.eq, "torch.ne(x, 1)"),
        (torch.eye, "eye = torch.zeros(3)"),
        (torch.max, "x.amax()"),
        (F.one_hot, "torch.zeros(2, 2).scatter_(1, x.long(), 1)"),
    ],
)
def test_a_ban_meets_nothing_else(ban, body):
    assert met(f"def f(x):\n    {body}\n", ban) == []


@pytest.mark.parametrize(
    "body",
    [
        "torch.gather(x, 0, torch.zeros(1, 2).long())",
        "x.take_along_dim(torch.zeros(1, 2).long(), 0)",
        "torch.take_along_dim(x, torch.zeros(1, 2).long(), dim=0)",
    ],
)
def test_an_aten_operation_is_met_however_it_is_reached(body):
    assert met(f"def f(x):\n    {body}\n", torch.ops.aten.gather) == [("torch.gather", 2)]


@pytest.mark.parametrize("body", ["x.data.transpose_(0, 1)", "torch.swapdims(x, 0, 1)"])
def test_an_aten_operation_is_met_in_place_too(body):
    ban = torch.ops.aten.transpose
    assert met(f"def f(x):\n    {body}\n", ban) == [("torch.transpose", 2)]


def test_an_aten_operation_is_not_met_where_another_does_the_work():
    assert met("def f(x):\n    x[torch.zeros(1).long()]\n", torch.ops.aten.gather) == []


def test_the_line_is_that_of_the_first_call():
    source = """
        def f(x):
            for _ in range(3):
                x = torch.relu(
                    x,
                )
            return helper(torch.relu(x))

        def helper(x):
            return [each.eq(1) for each in x] + [torch.relu(x)]

        class Layer(nn.Module):
            pass
        """
    assert met(source, torch.eq, torch.relu) == [("torch.relu", 3), ("torch.eq", 9)]


HOOKS = {
    "tensor hook": """
        def f(x):
            x = x.clone().requires_grad_()
            x.register_hook(lambda grad: grad.eq(1).float())
            (x * 2).sum().backward()
        """,
    "backward of a Function": """
        class Double(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2
            @staticmethod
            def backward(ctx, grad):
                return grad.eq(1).float()
        def f(x):
            Double.apply(x.clone().requires_grad_()).sum().backward()
        """,
    "forward of a Function": """
        class Same(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x.eq(1).float()
        def f(x):
            Same.apply(x)
        """,
    "module hook": """
        def f(x):
            layer = nn.Identity()
            layer.register_forward_hook(lambda layer, given, result: result.eq(1))
            layer(x)
        """,
}


@pytest.mark.parametrize("source", HOOKS.values(), ids=HOOKS)
def test_calls_that_torch_makes_for_the_implementation_count(source):
    line = 1 + dedent(source).strip("\n").split("\n").index(
        next(each for each in dedent(source).strip("\n").split("\n") if ".eq(" in each)
    )
    assert met(source, torch.eq) == [("torch.eq", line)]


def test_a_backward_pass_that_the_property_starts_reaches_the_hooks():
    @forall(x=st.tensors(), ban=[torch.eq, torch.ops.aten.expand])
    def test_it(impl, x):
        """Holds."""
        impl.f(x).sum().backward()

    source = "def f(x):\n    x.register_hook(lambda grad: grad.eq(1).float())\n    return x * 2\n"
    observation = observed(test_it, source, x=torch.ones(2, requires_grad=True))
    # The sum's own backward expands, and it is the property that asked for it.
    assert observation.banned == (("torch.eq", FIRST + 1),)


def test_calls_of_the_property_do_not_count():
    @forall(x=st.tensors(), ban=[torch.eq, torch.ops.aten.mul])
    def test_it(impl, x):
        """Holds."""

        def given(y):
            return y.eq(1) * 2

        assert impl.f(x, given).numel() == x.eq(1).mul(2).numel()

    observation = observed(test_it, "def f(x, g):\n    return g(x)\n", x=torch.ones(3))
    assert (observation.outcome, observation.banned, observation.count) == (None, (), 0)


def test_counts_the_operations_of_the_implementation():
    @forall(x=st.tensors())
    def test_it(impl, x):
        """Holds."""
        return impl.f(x) + 1

    loop = "def f(x):\n    return torch.stack([each * 2 for each in x.unbind()])\n"
    counts = [
        observed(test_it, source, counts=True, x=torch.ones(size)).count
        for source in ("def f(x):\n    return x * 2\n", loop)
        for size in (4, 16)
    ]
    assert counts[0] == counts[1] == 1
    assert counts[3] - counts[2] == 12


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("x.tolist()", "Tensor.tolist"),
        ("x.numpy()", "Tensor.numpy"),
        ("np.asarray(x)", "Tensor.__array__"),
        ("np.add(x, 1)", "Tensor.__array__"),
        ("np.from_dlpack(x)", "Tensor.__dlpack__"),
    ],
)
@pytest.mark.parametrize("vectorized", [True, False])
def test_leaving_torch_is_banned_where_operations_are_counted(call, name, vectorized):
    @forall(x=st.tensors(), ban=[torch.eye], vectorized=(lambda size: {}) if vectorized else None)
    def test_it(impl, x):
        """Holds."""
        impl.f(x)

    observation = observed(test_it, f"def f(x):\n    {call}\n", x=torch.ones(2))
    assert observation.banned == (((name, FIRST + 1),) if vectorized else ())
    if vectorized:
        allowed = observed(test_it, "def f(x):\n    x.sum()\n", x=torch.ones(2))
        assert compare(allowed, observation).sentence == (
            f"calls {name} in line {FIRST + 1}, which this kata is about doing without"
        )


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (F.one_hot, "F.one_hot"),
        (F.relu, "F.relu"),
        (F.linear, "F.linear"),
        (torch.eye, "torch.eye"),
        (torch.lstm, "torch.lstm"),
        (torch.Tensor.max, "Tensor.max"),
        (torch.Tensor.__getitem__, "Tensor.__getitem__"),
        (torch.linalg.norm, "torch.linalg.norm"),
        (torch.ops.aten.gather, "torch.gather"),
        *zip(
            LEAVES_TORCH,
            "Tensor.tolist Tensor.numpy Tensor.__array__ Tensor.__dlpack__ "
            "Tensor.apply_ Tensor.map_".split(),
            strict=True,
        ),
    ],
)
def test_functions_are_named_as_learners_write_them(function, name):
    assert display_name(function) == name


DOORS = {
    "at the top": "from torch import sort\ndef f(x): sort(x)",
    "aten": "def f(x): torch.ops.aten.sort(x)",
    "an overload": "def f(x): torch.ops.aten.sort.default(x)",
    "its C function": "def f(x): torch._C._VariableFunctions.sort(x)",
}


@pytest.mark.parametrize("source", DOORS.values(), ids=DOORS)
def test_a_ban_holds_behind_every_door(source):
    assert [name for name, _ in met(source, torch.sort)] == ["torch.sort"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from torch.utils._python_dispatch import _disable_current_modes", None),
        ("off = torch._C.DisableTorchFunction", "DisableTorchFunction"),
        ("from torch.overrides import _pop_mode as pop", "_pop_mode"),
    ],
)
def test_what_switches_the_modes_off_is_met_by_its_name(tmp_path, line, name):
    path = tmp_path / "learner.py"
    path.write_text(f"import torch\n{line}\n\ndef f(x):\n    return x\n")
    module = types.ModuleType("learner")
    exec(compile(path.read_text(), str(path), "exec"), vars(module))

    @forall(x=st.tensors(), ban=[torch.sort])
    def test_it(impl, x):
        """Holds."""
        impl.f(x)

    with Guard() as guard:
        seen = observe(
            *(test_it, of_module(module, Contract({}, frozenset()), path)),
            *({"x": torch.ones(2)}, "cpu", guard),
        )
    assert seen.banned == ((name or "_disable_current_modes", 2),)
