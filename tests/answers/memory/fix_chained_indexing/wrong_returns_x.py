"""None expected, a tensor returned"""


def zero_cells_(x, rows, col):
    x[rows, col] = 0
    return x
