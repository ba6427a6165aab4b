"""Properties and misconceptions of memory/sharing."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "predict answers without making or using tensors or arrays."

# Pairs of tensors by the text that makes them from x.
PAIRS = {
    "x, x": lambda x: (x, x),
    "x, x.view(-1)": lambda x: (x, x.view(-1)),
    "x, x.t()": lambda x: (x, x.t()),
    "x, x[:1]": lambda x: (x, x[:1]),
    "x, x[-1]": lambda x: (x, x[-1]),
    "x, x[-1].data": lambda x: (x, x[-1].data),
    "x[-1, -1], x[:1, :1]": lambda x: (x[-1, -1], x[:1, :1]),
    "x, x.view(torch.int16)[-1, -1]": lambda x: (x, x.view(torch.int16)[-1, -1]),
    "x, x[-1:].expand(4, -1)": lambda x: (x, x[-1:].expand(4, -1)),
    "x.requires_grad_(), x.detach()[-1]": lambda x: (x.requires_grad_(), x.detach()[-1]),
    "x, x.clone()": lambda x: (x, x.clone()),
    "x, x + 0": lambda x: (x, x + 0),
    "x, x[[0]]": lambda x: (x, x[[0]]),
    "x, x.double()": lambda x: (x, x.double()),
    "x.clone(), x.clone()": lambda x: (x.clone(), x.clone()),
}
APART = ("x, x.clone()", "x, x + 0", "x, x[[0]]", "x, x.double()", "x.clone(), x.clone()")

# As in OPERATIONS of the exercise, to be run for real.
CASES = {
    "view": lambda x: x.view(2, 3),
    "reshape": lambda x: x.reshape(6),
    "flatten": lambda x: x.flatten(),
    "transpose": lambda x: x.transpose(0, 1),
    "t": lambda x: x.t(),
    "permute": lambda x: x.permute(1, 0),
    "expand": lambda x: x.expand(4, 2, 3),
    "repeat": lambda x: x.repeat(4, 1, 1),
    "unsqueeze": lambda x: x.unsqueeze(0),
    "squeeze": lambda x: x.squeeze(),
    "index": lambda x: x[0],
    "slice": lambda x: x[:, 1:],
    "advanced_index": lambda x: x[[0, 1]],
    "mask": lambda x: x[x == 0],
    "narrow": lambda x: x.narrow(1, 0, 2),
    "index_select": lambda x: x.index_select(0, torch.tensor([0, 1])),
    "unbind": lambda x: x.unbind()[1],
    "chunk": lambda x: x.chunk(2)[0],
    "cat": lambda x: torch.cat([x]),
    "detach": lambda x: x.detach(),
    "clone": lambda x: x.clone(),
    "contiguous": lambda x: x.contiguous(),
    "to_same": lambda x: x.to(torch.float32),
    "to_double": lambda x: x.to(torch.float64),
    "numpy": lambda x: torch.from_numpy(x.numpy()),
    "add": lambda x: x + 0,
    "add_": lambda x: x.add_(0),
}


def really_shares(op, contiguous):
    x = torch.zeros(2, 3) if contiguous else torch.zeros(3, 2).t()
    result = CASES[op](x)
    before = result.clone()
    x.add_(1)
    return not torch.equal(result, before)


@forall(x=st.tensors(shape=st.shapes(2, 2, min_side=1), layouts=["contiguous"]))
def test_tells_shared_storage(impl, x):
    """shares_storage tells whether two tensors have one storage, wherever in it they start."""
    pairs = {text: make(x.detach()) for text, make in PAIRS.items()}
    answers = {text: impl.shares_storage(a, b) for text, (a, b) in pairs.items()}
    assert_same(answers, {text: text not in APART for text in PAIRS})
    return answers


@forall(x=st.tensors(shape=st.shapes(2, 2, min_side=1), layouts=["contiguous"]))
def test_either_may_come_first(impl, x):
    """shares_storage answers the same when its arguments change places."""
    pairs = {text: make(x.detach()) for text, make in PAIRS.items()}
    answers = {text: impl.shares_storage(b=a, a=b) for text, (a, b) in pairs.items()}
    assert_same(answers, {text: text not in APART for text in PAIRS})
    return answers


@forall(contiguous=st.booleans())
def test_predicts_every_operation(impl, contiguous):
    """predict says for each operation what really happens when it is run."""
    with NoOperations(WITHOUT):
        answers = {op: impl.predict(op, contiguous) for op in CASES}
    assert_same(answers, {op: really_shares(op, contiguous) for op in CASES})
    return answers


@misconception(
    of="shares_storage",
    says="data_ptr() is the address of a tensor's first element. A view that starts further on has "
    "another one, in the same storage.",
)
def compares_first_elements(a, b):
    return a.data_ptr() == b.data_ptr()


@misconception(
    of="shares_storage",
    says="Your answer is no for every pair, even for a tensor and itself. Python's `is` says so of "
    "what storage() and data_ptr() give, which is a new Python object at every call.",
)
def compares_wrappers(a, b):
    return a.storage() is b.storage()


@misconception(
    of="shares_storage",
    says="Equal values can lie in two places, and one storage can be seen as different values.",
)
def compares_values(a, b):
    return a.shape == b.shape and bool((a == b).all())


@misconception(of="shares_storage", says="Two different tensor objects can share a storage.")
def compares_objects(a, b):
    return a is b


@misconception(
    of="predict",
    says="Operations that only change shape and strides (view, transpose, permute, expand and "
    "the like) don't copy: they share the storage.",
)
def views_copy(op, contiguous):
    return op in ("detach", "to_same", "numpy", "add_", "index", "slice", "narrow")


@misconception(
    of="predict",
    says="reshape, flatten and contiguous return a view only where the strides allow it. For an x "
    "that is not contiguous these copy.",
)
def reshape_never_copies(op, contiguous):
    copies = ("repeat", "advanced_index", "mask", "index_select", "cat", "clone", "to_double")
    return op not in (*copies, "add")


@misconception(
    of="predict",
    says="An index that is a list, a mask or an index tensor picks elements that no strides can "
    "describe, so the result is a copy.",
)
def advanced_indexing_is_a_view(op, contiguous):
    if op in ("reshape", "flatten", "contiguous"):
        return contiguous
    return op not in ("repeat", "cat", "clone", "to_double", "add")


@misconception(
    of="predict",
    says="to() returns the tensor itself where dtype and device are already right: nothing is "
    "copied then.",
)
def to_always_copies(op, contiguous):
    if op in ("reshape", "flatten", "contiguous"):
        return contiguous
    copies = ("repeat", "advanced_index", "mask", "index_select", "cat", "clone", "add")
    return op not in (*copies, "to_double", "to_same")


@misconception(
    of="predict",
    says="from_numpy and numpy() don't copy: the tensor and the array look at the same memory.",
)
def numpy_copies(op, contiguous):
    if op in ("reshape", "flatten", "contiguous"):
        return contiguous
    copies = ("repeat", "advanced_index", "mask", "index_select", "cat", "clone", "add")
    return op not in (*copies, "to_double", "numpy")
