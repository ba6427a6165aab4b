"""Each flag from the two others' rules."""


def is_leaf(case):
    recorded = ["times", "clone", "view", "element", "to_float64", "round", "step", "retain_grad"]
    return case not in recorded + ["on_then_double", "before_no_grad"]


def requires_grad(case):
    on = case.endswith("_on") or case in ("same", "to_float32", "parameter")
    on = on or case in ("no_grad_same", "no_grad_step")
    return on or not is_leaf(case)


def flags(case):
    has_grad = (is_leaf(case) and requires_grad(case)) or case == "retain_grad"
    return requires_grad(case), is_leaf(case), has_grad
