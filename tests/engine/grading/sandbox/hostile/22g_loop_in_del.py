"""Loops without an end when an object is freed, where exceptions have no effect."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow


class Late:
    def __del__(self):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                continue


def one_hot(labels, num_classes, dtype=None):
    Late()
