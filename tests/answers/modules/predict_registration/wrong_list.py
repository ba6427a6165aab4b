"""a tuple of 3 expected, a list of 3 returned"""


def registered(case):
    return [False, False, False]
