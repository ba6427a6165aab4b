"""A call into C that never gives the interpreter's lock back: no signal handler of Python runs."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow


def one_hot(labels, num_classes, dtype=None):
    return sum(range(10**13))
