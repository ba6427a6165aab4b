"""A detached tensor shares the counter of writes with x."""

SILENT = ["numpy_after", "data_of_exp", "data_after", "detach_after"]
RAISES = """leaf_add leaf_minus leaf_element leaf_no_grad_later exp_mul sigmoid_add used_in_square
used_as_factor used_then_view"""


def outcome(case):
    if case in SILENT:
        return "wrong_grad"
    return "raises" if case in RAISES.split() else "ok"
