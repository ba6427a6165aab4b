"""Compares the ranges of memory that the storages take."""


def memory(tensor):
    storage = tensor.untyped_storage()
    return range(storage.data_ptr(), storage.data_ptr() + storage.nbytes())


def shares_storage(a, b):
    return memory(a).start in memory(b) or memory(b).start in memory(a)


def predict(op, contiguous):
    always = {"view", "transpose", "t", "permute", "expand", "unsqueeze", "squeeze", "index"}
    always |= {"slice", "narrow", "unbind", "chunk", "detach", "to_same", "numpy", "add_"}
    sometimes = {"contiguous", "reshape", "flatten"}
    return op in always or (contiguous and op in sometimes)
