"""Takes a megabyte at a time, rests in between, and keeps it when it is refused more."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import time


def one_hot(labels, num_classes, dtype=None):
    blocks = []
    while True:
        try:
            blocks.append(bytearray(b"\x01" * (1 << 20)))
            time.sleep(0.0005)
        except MemoryError:
            time.sleep(0.1)
