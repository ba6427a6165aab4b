"""a bool expected"""


def registered(case):
    return 0, 0, 0
