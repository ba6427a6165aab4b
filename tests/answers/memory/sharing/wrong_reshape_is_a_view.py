"""reshape: False expected, True returned"""


def shares_storage(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


def predict(op, contiguous):
    copies = "repeat advanced_index mask index_select cat clone to_double add".split()
    return op not in copies and (contiguous or op not in ("flatten", "contiguous"))
