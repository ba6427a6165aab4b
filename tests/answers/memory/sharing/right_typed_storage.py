"""The old storage(), and a table of what is a view."""

VIEWS = (
    "view transpose t permute expand unsqueeze squeeze index slice narrow unbind chunk detach "
    "to_same numpy add_"
).split()


def shares_storage(a, b):
    return a.storage().data_ptr() == b.storage().data_ptr()


def predict(op, contiguous):
    if op in ("reshape", "flatten", "contiguous"):
        return contiguous
    return op in VIEWS
