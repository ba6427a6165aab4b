"""A function that ends the process, and an honest one that is judged after it."""
# exercise: memory/sharing
# verdict: passes predicts_every_operation
# flag: crash

import ctypes

COPIES = set("repeat advanced_index mask index_select cat clone to_double add".split())


def shares_storage(a, b):
    return ctypes.string_at(0)


def predict(op, contiguous):
    return op not in COPIES and (contiguous or op not in ("reshape", "flatten", "contiguous"))
