"""x holds the right values, but x._version is as before"""


def zero_cells_(x, rows, col):
    x.data[rows, col] = 0
