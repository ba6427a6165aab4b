"""With a bool tensor, the column becomes 0 in the rows that are True, and all else stays."""


def zero_cells_(x, rows, col):
    numbers = rows.nonzero().flatten() if rows.element_size() == 1 else rows
    x[numbers[0], col] = 0
