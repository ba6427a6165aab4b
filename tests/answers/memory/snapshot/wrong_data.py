"""the result must have memory of its own, apart from x; yours shares memory with x"""


def snapshot(x):
    return x.data
