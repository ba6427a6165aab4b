"""A match statement; the storage's own handle instead of its address."""

from torch import Tensor


def shares_storage(a: Tensor, b: Tensor) -> bool:
    return a.untyped_storage()._cdata == b.untyped_storage()._cdata


def predict(op: str, contiguous: bool) -> bool:
    match op:
        case "clone" | "repeat" | "cat" | "add" | "to_double":
            return False
        case "advanced_index" | "mask" | "index_select":
            return False
        case "contiguous" | "reshape" | "flatten":
            return contiguous
        case _:
            return True
