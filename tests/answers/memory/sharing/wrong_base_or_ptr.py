"""one storage, wherever in it they start"""


def base(t):
    return (t if t._base is None else t._base).data_ptr()


def shares_storage(a, b):
    return base(a) == base(b)


def predict(op, contiguous):
    copies = "repeat advanced_index mask index_select cat clone to_double add".split()
    return op not in copies and (contiguous or op not in ("reshape", "flatten", "contiguous"))
