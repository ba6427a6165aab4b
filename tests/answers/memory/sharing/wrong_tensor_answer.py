"""x, x: a bool expected, a tensor returned"""

import torch


def shares_storage(a, b):
    return torch.tensor(a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr())


def predict(op, contiguous):
    if op in ("reshape", "flatten", "contiguous"):
        return contiguous
    copies = {"clone", "repeat", "cat", "add", "to_double", "advanced_index", "mask"}
    return op not in copies | {"index_select"}
