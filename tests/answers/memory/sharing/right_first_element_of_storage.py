"""Walks back from the first element to the start of the storage."""


def start(tensor):
    return tensor.data_ptr() - tensor.storage_offset() * tensor.element_size()


def shares_storage(a, b):
    return start(a) == start(b)


COPIES = {"clone", "repeat", "cat", "add", "to_double", "advanced_index", "mask", "index_select"}


def predict(op, contiguous):
    copies = COPIES if contiguous else COPIES | {"contiguous", "reshape", "flatten"}
    return op not in copies
