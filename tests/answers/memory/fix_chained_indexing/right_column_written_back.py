"""The whole column, computed and assigned."""


def zero_cells_(x, rows, col):
    column = x[:, col].clone()
    column[rows] = 0
    x[:, col] = column
