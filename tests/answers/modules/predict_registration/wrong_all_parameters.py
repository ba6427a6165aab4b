"""(False, False, False) expected"""


def registered(case):
    return True, False, True
