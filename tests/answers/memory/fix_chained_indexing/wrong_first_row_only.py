"""differ"""


def zero_cells_(x, rows, col):
    numbers = rows.nonzero().flatten() if rows.element_size() == 1 else rows
    x[numbers[0], col] = 0
