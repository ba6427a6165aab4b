"""Properties and misconceptions of autograd/predict_flags."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "flags answers without making or using tensors or arrays."

CONSTANT = (False, True, False)
LEAF = (True, True, True)
RESULT = (True, False, False)
KEPT = (True, False, True)

# As in CASES of the exercise, with the flags; each is run for real.
FROM_NUMBERS = {
    "tensor": "t = torch.tensor([3.0, 4.0])",
    "tensor_on": "t = torch.tensor([3.0, 4.0], requires_grad=True)",
    "ones_like": "t = torch.ones_like(x)",
    "sum_of_constants": "t = torch.ones(2) + torch.ones(2)",
    "on_then_double": "t = torch.ones(2, requires_grad=True).double()",
    "double_then_on": "t = torch.ones(2).double().requires_grad_()",
    "parameter": "t = torch.nn.Parameter(x * 2)",
}
BY_OPERATION = {
    "same": "t = x",
    "times": "t = x * 2",
    "clone": "t = x.clone()",
    "view": "t = x.view(2, 1)",
    "element": "t = x[0]",
    "to_float32": "t = x.to(torch.float32)",
    "to_float64": "t = x.to(torch.float64)",
    "to_int64": "t = x.to(torch.int64)",
    "round": "t = x.round()",
    "argmax": "t = x.argmax()",
    "comparison": "t = x > 1",
    "step": "t = x - 0.1 * torch.ones(2)",
    "retain_grad": "t = x * 2; t.retain_grad()",
}
CUT_OFF = {
    "detach": "t = x.detach()",
    "detach_clone": "t = x.detach().clone()",
    "detach_on": "t = x.detach().requires_grad_()",
    "clone_detach_on": "t = (x * 2).clone().detach().requires_grad_()",
    "numpy": "t = torch.from_numpy(x.detach().numpy())",
    "item": "t = torch.tensor(x[0].item())",
}
NO_GRAD = {
    "no_grad_same": "with torch.no_grad(): t = x",
    "no_grad_times": "with torch.no_grad(): t = x * 2",
    "no_grad_on": "with torch.no_grad(): t = torch.ones(2, requires_grad=True)",
    "no_grad_step": "with torch.no_grad(): t = x; t -= 0.1",
    "no_grad_times_on": "with torch.no_grad(): t = (x * 2).requires_grad_()",
    "before_no_grad": "t = x * 2\nwith torch.no_grad(): u = t * 3",
}
CASES = {**FROM_NUMBERS, **BY_OPERATION, **CUT_OFF, **NO_GRAD}

# What the cases come to, for the misconceptions.
TRUTH = {
    "tensor": CONSTANT,
    "tensor_on": LEAF,
    "ones_like": CONSTANT,
    "sum_of_constants": CONSTANT,
    "on_then_double": RESULT,
    "double_then_on": LEAF,
    "parameter": LEAF,
    "same": LEAF,
    "times": RESULT,
    "clone": RESULT,
    "view": RESULT,
    "element": RESULT,
    "to_float32": LEAF,
    "to_float64": RESULT,
    "to_int64": CONSTANT,
    "round": RESULT,
    "argmax": CONSTANT,
    "comparison": CONSTANT,
    "step": RESULT,
    "retain_grad": KEPT,
    "detach": CONSTANT,
    "detach_clone": CONSTANT,
    "detach_on": LEAF,
    "clone_detach_on": LEAF,
    "numpy": CONSTANT,
    "item": CONSTANT,
    "no_grad_same": LEAF,
    "no_grad_times": CONSTANT,
    "no_grad_on": LEAF,
    "no_grad_step": LEAF,
    "no_grad_times_on": LEAF,
    "before_no_grad": RESULT,
}


def really(case):
    """The flags of t, by running the case."""
    names = {"torch": torch, "x": torch.tensor([1.0, 2.0], requires_grad=True)}
    exec(CASES[case], names)
    t = names["t"]
    (t * names["x"]).sum().backward()
    can_have = t.is_leaf or t.retains_grad  # asking any other tensor for .grad warns
    return t.requires_grad, t.is_leaf, can_have and t.grad is not None


@forall(case=st.sampled_from(tuple(FROM_NUMBERS)))
def test_knows_tensors_made_from_numbers(impl, case):
    """flags knows the tensors that are made from numbers, and what is made of those."""
    with NoOperations(WITHOUT):
        answer = impl.flags(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(BY_OPERATION)))
def test_knows_results_of_operations(impl, case):
    """flags knows what operations make of an x that requires grad."""
    with NoOperations(WITHOUT):
        answer = impl.flags(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(CUT_OFF)))
def test_knows_what_is_cut_off(impl, case):
    """flags knows what detach, numpy and item leave of an x that requires grad."""
    with NoOperations(WITHOUT):
        answer = impl.flags(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(NO_GRAD)))
def test_knows_what_no_grad_does(impl, case):
    """flags knows what no_grad does to the tensors made under it, and to those made before."""
    with NoOperations(WITHOUT):
        answer = impl.flags(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="flags",
    says="no_grad changes no tensor: an x that requires grad goes on doing so. What is made under "
    "it by an operation is not recorded, and that is all.",
)
def no_grad_switches_x_off(case):
    return CONSTANT if case in ("no_grad_same", "no_grad_step") else TRUTH[case]


@misconception(
    of="flags",
    says="What is computed under no_grad is not recorded. So it does not require grad, and no "
    "operation stands behind it.",
)
def no_grad_does_nothing(case):
    return RESULT if case == "no_grad_times" else TRUTH[case]


@misconception(
    of="flags",
    says="no_grad stops the recording of operations, and nothing else. A tensor that is told to "
    "require grad does so, under no_grad too.",
)
def no_grad_forbids_leaves(case):
    return CONSTANT if case in ("no_grad_on", "no_grad_times_on") else TRUTH[case]


@misconception(
    of="flags",
    says="Integers and bools can't require grad: what has no derivative is not part of the graph, "
    "whatever it was made from.",
)
def every_result_requires_grad(case):
    return RESULT if case in ("argmax", "comparison", "to_int64") else TRUTH[case]


@misconception(
    of="flags",
    says="round has a derivative, which is 0 nearly everywhere. Its result requires grad, and the "
    "gradient that x gets through it is 0.",
)
def round_is_cut_off(case):
    return CONSTANT if case == "round" else TRUTH[case]


@misconception(
    of="flags",
    says="A detached tensor is a new leaf. After requires_grad_() it gets a gradient of its own, "
    "as any leaf does.",
)
def detached_never_gets_a_gradient(case):
    return (True, True, False) if case in ("detach_on", "clone_detach_on") else TRUTH[case]


@misconception(
    of="flags",
    says="is_leaf says that no recorded operation stands behind the tensor. That holds for every "
    "tensor that does not require grad.",
)
def leaves_require_grad(case):
    requires, leaf, has = TRUTH[case]
    return requires, leaf and requires, has


@misconception(
    of="flags",
    says="Backward keeps gradients of leaves only. The others pass theirs on, unless they were "
    "asked to retain it.",
)
def every_tensor_keeps_its_gradient(case):
    requires, leaf, _ = TRUTH[case]
    return requires, leaf, requires


@misconception(
    of="flags",
    says="Gradients are not only for leaves: retain_grad() asks another tensor to keep its own.",
)
def only_leaves_have_gradients(case):
    return RESULT if case == "retain_grad" else TRUTH[case]


@misconception(
    of="flags",
    says="double() and to() are operations like others: where they change the dtype, their result "
    "is a new tensor with a recorded operation behind it, and the leaf is the tensor before.",
)
def conversions_make_leaves(case):
    return LEAF if case in ("on_then_double", "to_float64") else TRUTH[case]


@misconception(
    of="flags",
    says="to() returns the tensor itself where there is nothing to convert.",
)
def to_makes_a_new_tensor(case):
    return RESULT if case == "to_float32" else TRUTH[case]


@misconception(
    of="flags",
    says="x - lr * g is a new tensor, with a subtraction behind it. It is no leaf, whatever name "
    "it gets.",
)
def a_step_gives_a_leaf(case):
    return LEAF if case == "step" else TRUTH[case]


@misconception(
    of="flags",
    says="nn.Parameter makes a leaf of whatever it is given: it takes the values, not the graph.",
)
def parameters_keep_the_graph(case):
    return RESULT if case == "parameter" else TRUTH[case]


@misconception(
    of="flags",
    says="A clone or a view is the result of an operation: autograd records it, and x is the leaf.",
)
def clones_and_views_are_leaves(case):
    return LEAF if case in ("clone", "view", "element") else TRUTH[case]
