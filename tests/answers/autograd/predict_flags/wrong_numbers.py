"""a bool expected, an int returned"""


def flags(case):
    return 0, 1, 0
