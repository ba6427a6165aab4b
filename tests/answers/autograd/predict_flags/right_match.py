"""A match statement over three kinds and the one exception."""

CONSTANT, LEAF, RESULT = (False, True, False), (True, True, True), (True, False, False)


def flags(case: str) -> tuple[bool, bool, bool]:
    match case:
        case "retain_grad":
            return True, False, True
        case "tensor" | "ones_like" | "sum_of_constants" | "to_int64" | "argmax" | "comparison":
            return CONSTANT
        case "detach" | "detach_clone" | "numpy" | "item" | "no_grad_times":
            return CONSTANT
        case "times" | "clone" | "view" | "element" | "to_float64" | "round" | "step":
            return RESULT
        case "on_then_double" | "before_no_grad":
            return RESULT
    return LEAF
