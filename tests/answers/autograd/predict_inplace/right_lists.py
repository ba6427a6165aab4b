"""Three lists of names."""

OK = """leaf_no_grad leaf_no_grad_later_linear times_add times_relu times_element sin_add
used_in_plus clone data_before data_after_linear detach_before detach_after_linear
detach_clone_after numpy_copy_after""".split()
SILENT = ["numpy_after", "data_of_exp", "data_after"]


def outcome(case):
    if case in OK:
        return "ok"
    if case in SILENT:
        return "wrong_grad"
    return "raises"
