"""Properties and misconceptions of memory/sharing."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

RELATED = {
    "same": lambda x: (x, x),
    "view": lambda x: (x, x.view(-1)),
    "transpose": lambda x: (x, x.t()),
    "first_rows": lambda x: (x, x[:1]),
    "last_row": lambda x: (x, x[-1]),
    "last_element": lambda x: (x, x[-1, -1]),
    "apart": lambda x: (x[-1, -1], x[:1, :1]),
    "other_dtype": lambda x: (x, x.view(torch.int32)),
    "expanded": lambda x: (x, x[-1:].expand(4, -1)),
    "detached": lambda x: (x.requires_grad_(), x.detach()[-1]),
}
UNRELATED = {
    "clone": lambda x: (x, x.clone()),
    "equal": lambda x: (x, x + 0),
    "advanced_index": lambda x: (x, x[[0]]),
    "other_dtype_copy": lambda x: (x, x.double()),
    "two_copies": lambda x: (x.clone(), x.clone()),
}
PAIRS = {**RELATED, **UNRELATED}

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
FACTORIES = [
    torch.zeros,
    torch.ones,
    torch.empty,
    torch.rand,
    torch.randn,
    torch.arange,
    torch.full,
    torch.tensor,
]


def really_shares(op, contiguous):
    x = torch.zeros(2, 3) if contiguous else torch.zeros(3, 2).t()
    result = CASES[op](x)
    before = result.clone()
    x.add_(1)
    return not torch.equal(result, before)


@forall(
    x=st.tensors(shape=st.shapes(2, 2, min_side=1), layouts=["contiguous"]),
    pair=st.sampled_from(sorted(PAIRS)),
    examples=60,
)
def test_tells_shared_storage(impl, x, pair):
    """shares_storage tells whether two tensors have one storage, wherever in it they start."""
    a, b = PAIRS[pair](x)
    answers = impl.shares_storage(a, b), impl.shares_storage(b=a, a=b)
    assert_same(answers, (pair in RELATED,) * 2)
    return answers


@forall(
    op=st.sampled_from(sorted(CASES)),
    contiguous=st.booleans(),
    examples=2 * len(CASES),
    ban=FACTORIES,
)
def test_predicts_every_operation(impl, op, contiguous):
    """predict says what really happens when the operation is run."""
    answer = impl.predict(op, contiguous)
    assert_same(answer, really_shares(op, contiguous))
    return answer


@misconception(
    of="shares_storage",
    says="data_ptr() is the address of a tensor's first element. A view that starts further on has "
    "another one, in the same storage.",
)
def compares_first_elements(a, b):
    return a.data_ptr() == b.data_ptr()


@misconception(
    of="shares_storage",
    says="storage() makes a new Python object at every call: two of them are never the same.",
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
