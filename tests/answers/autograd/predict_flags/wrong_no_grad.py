"""no_grad changes no tensor"""

from solutions.autograd.predict_flags import flags as right


def flags(case):
    if case in ("no_grad_same", "no_grad_step"):
        return False, True, False
    return right(case)
