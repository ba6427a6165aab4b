"""one storage, wherever in it they start"""


def start(t):
    return t.data_ptr() - 4 * t.storage_offset()


def shares_storage(a, b):
    return start(a) == start(b)


def predict(op, contiguous):
    copies = "repeat advanced_index mask index_select cat clone to_double add".split()
    return op not in copies and (contiguous or op not in ("reshape", "flatten", "contiguous"))
