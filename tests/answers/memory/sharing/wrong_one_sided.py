"""x[-1, -1], x[:1, :1]: True expected, False returned"""


def shares_storage(a, b):
    return a.data_ptr() == b.untyped_storage().data_ptr()


def predict(op, contiguous):
    if op in ("reshape", "flatten", "contiguous"):
        return contiguous
    copies = {"clone", "repeat", "cat", "add", "to_double", "advanced_index", "mask"}
    return op not in copies | {"index_select"}
