"""An honest function, and one that ends the process."""
# exercise: memory/sharing
# verdict: passes tells_shared_storage either_may_come_first
# flag: crash

import os
import signal


def shares_storage(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


def predict(op, contiguous):
    os.kill(os.getpid(), signal.SIGSEGV)
