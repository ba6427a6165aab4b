"""a str expected, None returned"""


def outcome(case):
    if case.startswith("times"):
        return "ok"
