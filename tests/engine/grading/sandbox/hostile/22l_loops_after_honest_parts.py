"""An honest function, and one that loops without an end."""
# exercise: memory/sharing
# verdict: passes tells_shared_storage either_may_come_first
# flag: time
# slow


def shares_storage(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


def predict(op, contiguous):
    while True:
        pass
