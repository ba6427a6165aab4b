"""Storages are wrapped once: the same object for one storage."""


def shares_storage(a, b):
    return a.untyped_storage() is b.untyped_storage()


def predict(op, contiguous):
    copies = "repeat advanced_index mask index_select cat clone to_double add".split()
    return op not in copies and (contiguous or op not in ("reshape", "flatten", "contiguous"))
