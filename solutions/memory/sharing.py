"""Which tensors share memory?

A tensor is a view of a storage: a block of memory, and a way to walk through it. Two tensors share
memory where they have the same storage. A write through one can then be seen through the other.

    storage          | 0 | 1 | 2 | 3 | 4 | 5 |
    x = (2, 3)         ^ starts here
    x[1]                           ^ starts here: another first element, the same storage

`untyped_storage()` gives a tensor's storage, and `data_ptr()` the address of a first element.
`id(x.storage())` tells nothing: it is the identity of a wrapper, made anew for every call.

Write `shares_storage`, then `predict`. `view` and `transpose` do not copy; some operations copy
only where they must. In `predict` you answer from what you know: it must not make or use tensors or
arrays.
"""

import torch
from torch import Tensor

OPERATIONS = {
    "view": "x.view(2, 3)",
    "reshape": "x.reshape(6)",
    "flatten": "x.flatten()",
    "transpose": "x.transpose(0, 1)",
    "t": "x.t()",
    "permute": "x.permute(1, 0)",
    "expand": "x.expand(4, 2, 3)",
    "repeat": "x.repeat(4, 1, 1)",
    "unsqueeze": "x.unsqueeze(0)",
    "squeeze": "x.squeeze()",
    "index": "x[0]",
    "slice": "x[:, 1:]",
    "advanced_index": "x[[0, 1]]",
    "mask": "x[x == 0]",
    "narrow": "x.narrow(1, 0, 2)",
    "index_select": "x.index_select(0, torch.tensor([0, 1]))",
    "unbind": "x.unbind()[1]",
    "chunk": "x.chunk(2)[0]",
    "cat": "torch.cat([x])",
    "detach": "x.detach()",
    "clone": "x.clone()",
    "contiguous": "x.contiguous()",
    "to_same": "x.to(torch.float32)",
    "to_double": "x.to(torch.float64)",
    "numpy": "torch.from_numpy(x.numpy())",
    "add": "x + 0",
    "add_": "x.add_(0)",
}


def shares_storage(a: Tensor, b: Tensor) -> bool:
    """Tell whether two tensors have the same storage, even if they have no element in common.

    Args:
        a, b: tensors of any shape, dtype and layout on one device, with at least one element each.
            Neither is written to.

    Returns:
        A bool.

    >>> x = torch.arange(6)
    >>> shares_storage(x[:2], x[4:])
    True
    >>> shares_storage(x, x.clone())
    False
    """
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


def predict(op: str, contiguous: bool) -> bool:
    """Predict whether the result of an operation shares its storage with x.

    Args:
        op: a key of OPERATIONS, which says what is computed.
        contiguous: whether x is `torch.zeros(2, 3)`, or the same shape and dtype (float32) as
            `torch.zeros(3, 2).t()`, which is not contiguous.

    Returns:
        A bool.

    >>> predict("view", True)
    True
    >>> predict("clone", True)
    False
    """
    copies = {
        "repeat",
        "advanced_index",
        "mask",
        "index_select",
        "cat",
        "clone",
        "to_double",
        "add",
    }
    copies_if_it_must = {"reshape", "flatten", "contiguous"}
    return op not in copies and (contiguous or op not in copies_if_it_must)


HINTS = (
    "For shares_storage, print a.data_ptr() and a.untyped_storage().data_ptr() of x and of x[1]. "
    "Which of the two tells about the storage?",
    "A view only needs another start, shape and strides. Which operations can be written with "
    "these three alone?",
    "An index that is a list, a mask or a tensor picks any elements in any order: no strides can "
    "say that. Arithmetic and another dtype need new numbers.",
    "Three operations in the table return a view where the strides allow it and copy where they "
    "don't: they differ for the x that is not contiguous.",
)

TAKE_ALONG = (
    "Shape operations and basic slices are views; advanced indexing, arithmetic and another dtype "
    "are copies; reshape, flatten and contiguous copy only where they must."
)

APPROACH = (
    "It compares where the storages begin, not where the tensors do, and names the few operations "
    "that copy instead of the many that do not."
)
