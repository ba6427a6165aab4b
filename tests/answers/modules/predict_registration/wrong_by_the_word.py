"""registered knows"""


def registered(case):
    parameter = "parameter" in case
    buffer = "buffer" in case
    return parameter, buffer, parameter or buffer
