"""a tuple of 3 expected, None returned"""


def flags(case):
    if case == "same":
        return True, True, True
