"""'raises' expected, 'error' returned"""


def outcome(case):
    return "error"
