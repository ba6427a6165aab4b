"""Loops without an end, and swallows whatever is raised in it to stop it."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow


def one_hot(labels, num_classes, dtype=None):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
