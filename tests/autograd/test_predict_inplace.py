"""Properties and misconceptions of autograd/predict_inplace."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "outcome answers without making or using tensors or arrays."

# As in CASES of the exercise, with how each ends; each is run for real.
LEAF = {
    "leaf_add": "x.add_(1); loss = (x * x).sum()",
    "leaf_minus": "x -= 1; loss = (x * x).sum()",
    "leaf_element": "x[0] = 5.0; loss = (x * x).sum()",
    "leaf_no_grad": "with torch.no_grad(): x.add_(1)\nloss = (x * x).sum()",
    "leaf_no_grad_later": "loss = (x * x).sum()\nwith torch.no_grad(): x.add_(1)",
    "leaf_no_grad_later_linear": "loss = (3 * x).sum()\nwith torch.no_grad(): x.add_(1)",
}
RESULT = {
    "times_add": "y = x * 2; y.add_(1); loss = y.sum()",
    "times_relu": "y = x * 2; y.relu_(); loss = y.sum()",
    "times_element": "y = x * 2; y[0] = 5.0; loss = (y * y).sum()",
    "exp_mul": "y = x.exp(); y.mul_(2); loss = y.sum()",
    "sigmoid_add": "y = x.sigmoid(); y.add_(1); loss = y.sum()",
    "sin_add": "y = x.sin(); y.add_(1); loss = y.sum()",
}
USED = {
    "used_in_plus": "y = x * 2; z = y + 3; y.mul_(5); loss = z.sum()",
    "used_in_square": "y = x * 2; z = y * y; y.mul_(5); loss = z.sum()",
    "used_as_factor": "w = torch.ones(2); y = x * w; w.add_(1); loss = y.sum()",
    "used_then_view": "y = x * 2; z = y * y; y[0] = 1.0; loss = z.sum()",
    "clone": "c = x.clone(); loss = (x * x).sum(); c.add_(1)",
}
HIDDEN = {
    "data_before": "x.data.add_(1); loss = (x * x).sum()",
    "data_after": "loss = (x * x).sum(); x.data.add_(1)",
    "data_after_linear": "loss = (3 * x).sum(); x.data.add_(1)",
    "data_of_exp": "y = x.exp(); loss = y.sum(); y.data.zero_()",
    "detach_before": "d = x.detach(); d.add_(1); loss = (x * x).sum()",
    "detach_after": "d = x.detach(); loss = (x * x).sum(); d.add_(1)",
    "detach_after_linear": "d = x.detach(); loss = (3 * x).sum(); d.add_(1)",
    "detach_clone_after": "d = x.detach().clone(); loss = (x * x).sum(); d.add_(1)",
    "numpy_after": "a = x.detach().numpy(); loss = (x * x).sum(); a += 1",
    "numpy_copy_after": "a = x.detach().numpy().copy(); loss = (x * x).sum(); a += 1",
}
CASES = {**LEAF, **RESULT, **USED, **HIDDEN}

# What the cases come to, for the misconceptions.
TRUTH = {
    "leaf_add": "raises",
    "leaf_minus": "raises",
    "leaf_element": "raises",
    "leaf_no_grad": "ok",
    "leaf_no_grad_later": "raises",
    "leaf_no_grad_later_linear": "ok",
    "times_add": "ok",
    "times_relu": "ok",
    "times_element": "ok",
    "exp_mul": "raises",
    "sigmoid_add": "raises",
    "sin_add": "ok",
    "used_in_plus": "ok",
    "used_in_square": "raises",
    "used_as_factor": "raises",
    "used_then_view": "raises",
    "clone": "ok",
    "data_before": "ok",
    "data_after": "wrong_grad",
    "data_after_linear": "ok",
    "data_of_exp": "wrong_grad",
    "detach_before": "ok",
    "detach_after": "raises",
    "detach_after_linear": "ok",
    "detach_clone_after": "ok",
    "numpy_after": "wrong_grad",
    "numpy_copy_after": "ok",
}


def run(case, values):
    """x and the loss of a case."""
    x = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    names = {"torch": torch, "x": x}
    exec(CASES[case], names)
    return x, names["loss"]


def slopes(case, values, step=1e-4):
    """The derivative of the case's loss by x, from its values alone."""
    found = []
    for place in range(len(values)):
        more, less = list(values), list(values)
        more[place] += step
        less[place] -= step
        rise = run(case, more)[1].item() - run(case, less)[1].item()
        found.append(rise / (2 * step))
    return torch.tensor(found, dtype=torch.float64)


def really(case):
    """How the case ends, by running it."""
    values = [1.0, 2.0]
    try:
        x, loss = run(case, values)
        loss.backward()
    except RuntimeError:
        return "raises"
    return "ok" if torch.allclose(x.grad, slopes(case, values), atol=1e-3) else "wrong_grad"


@forall(case=st.sampled_from(tuple(LEAF)))
def test_knows_writes_to_a_leaf(impl, case):
    """outcome knows when a leaf that requires grad may be written to."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(RESULT)))
def test_knows_writes_to_a_result(impl, case):
    """outcome knows whether the result of an operation may be written to."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(USED)))
def test_knows_writes_to_what_was_used(impl, case):
    """outcome knows whether a tensor may be written to after a computation has used it."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(HIDDEN)))
def test_knows_writes_through_another_name(impl, case):
    """outcome knows what writes through .data, detach() and numpy do, before and after use."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="outcome",
    says="A write in place does not always raise. It does for a leaf while autograd records, and "
    "where an operation has saved the tensor that changes.",
)
def always_raises(case):
    return "raises"


@misconception(
    of="outcome",
    says="Leaves are not the only ones: a tensor that an operation has saved for its backward must "
    "not change either.",
)
def only_leaves_raise(case):
    saved = ("exp_mul", "sigmoid_add", "used_in_square", "used_as_factor", "used_then_view")
    return "ok" if case in saved else TRUTH[case]


@misconception(
    of="outcome",
    says="A leaf can't be written to while autograd records. Under no_grad it doesn't: that is how "
    "an optimizer updates its parameters.",
)
def leaves_never_change(case):
    return "raises" if case.startswith("leaf") else TRUTH[case]


@misconception(
    of="outcome",
    says="x[0] = 5.0 and x -= 1 are writes in place, too. A view of a leaf counts as the leaf.",
)
def only_methods_write(case):
    return "ok" if case in ("leaf_minus", "leaf_element") else TRUTH[case]


@misconception(
    of="outcome",
    says="no_grad keeps a write from being recorded, not from being counted. A graph that has "
    "saved the old values still refuses to run backward.",
)
def no_grad_makes_it_safe(case):
    return "ok" if case == "leaf_no_grad_later" else TRUTH[case]


@misconception(
    of="outcome",
    says="exp and sigmoid compute their gradient from their result. It is saved, and must not "
    "change.",
)
def results_may_change(case):
    return "ok" if case in ("exp_mul", "sigmoid_add") else TRUTH[case]


@misconception(
    of="outcome",
    says="Backward needs only what was saved. A sum saves nothing, and the sine saves its input, "
    "not its result: what else there is may change.",
)
def everything_used_is_saved(case):
    unsaved = ("sin_add", "used_in_plus", "leaf_no_grad_later_linear", "detach_after_linear")
    return "raises" if case in unsaved else TRUTH[case]


@misconception(
    of="outcome",
    says="w does not require grad, but the gradient of x is computed from it: x * w saves w.",
)
def only_tensors_with_grad_are_saved(case):
    return "ok" if case == "used_as_factor" else TRUTH[case]


@misconception(
    of="outcome",
    says="detach() leaves the graph, but not the memory nor the counter of writes: backward sees "
    "that x has changed, and raises.",
)
def detach_makes_it_safe(case):
    return "ok" if case == "detach_after" else TRUTH[case]


@misconception(
    of="outcome",
    says="A detached tensor shares the counter of writes with x. So the change is noticed: "
    "backward raises, and gives no wrong gradient.",
)
def detach_hides_the_write(case):
    return "wrong_grad" if case == "detach_after" else TRUTH[case]


@misconception(
    of="outcome",
    says="Backward uses the values that are there when it runs. If .data or numpy have changed a "
    "saved tensor, they are the wrong ones, and nothing is raised.",
)
def hidden_writes_are_safe(case):
    return "ok" if TRUTH[case] == "wrong_grad" else TRUTH[case]


@misconception(
    of="outcome",
    says="Writes through .data and numpy are not counted, so backward can't notice them.",
)
def hidden_writes_are_noticed(case):
    return "raises" if TRUTH[case] == "wrong_grad" else TRUTH[case]


@misconception(
    of="outcome",
    says="A write before the values are used, or to values that were not saved, harms no gradient, "
    "through .data either.",
)
def data_is_always_wrong(case):
    return "wrong_grad" if case.startswith("data") else TRUTH[case]


@misconception(
    of="outcome",
    says="clone() and copy() give memory of their own. A write to a copy does not reach x.",
)
def copies_share_memory(case):
    return {
        "clone": "raises",
        "detach_clone_after": "raises",
        "numpy_copy_after": "wrong_grad",
    }.get(case) or TRUTH[case]
