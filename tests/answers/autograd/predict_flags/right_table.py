"""A table, a row for each case."""

TABLE = """
tensor               0 1 0
tensor_on            1 1 1
ones_like            0 1 0
sum_of_constants     0 1 0
on_then_double       1 0 0
double_then_on       1 1 1
parameter            1 1 1
same                 1 1 1
times                1 0 0
clone                1 0 0
view                 1 0 0
element              1 0 0
to_float32           1 1 1
to_float64           1 0 0
to_int64             0 1 0
round                1 0 0
argmax               0 1 0
comparison           0 1 0
step                 1 0 0
retain_grad          1 0 1
detach               0 1 0
detach_clone         0 1 0
detach_on            1 1 1
clone_detach_on      1 1 1
numpy                0 1 0
item                 0 1 0
no_grad_same         1 1 1
no_grad_times        0 1 0
no_grad_on           1 1 1
no_grad_step         1 1 1
no_grad_times_on     1 1 1
before_no_grad       1 0 0
"""


def flags(case):
    for line in TABLE.split("\n"):
        name, *bits = line.split() or [""]
        if name == case:
            return tuple(bit == "1" for bit in bits)
    raise KeyError(case)
