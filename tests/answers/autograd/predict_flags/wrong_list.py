"""a tuple of 3 expected, a list of 3 returned"""


def flags(case):
    return [False, True, False]
