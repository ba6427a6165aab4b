"""x must be changed in place"""


def zero_cells_(x, rows, col):
    x.data[rows, col] = 0
