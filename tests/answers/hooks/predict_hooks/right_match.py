"""A match statement."""


def heard(case):
    match case:
        case "call" | "deepcopy" | "always_call":
            return ["f"]
        case "twice":
            return ["f", "f"]
        case "removed_meanwhile":
            return ["second"]
        case "two" | "tensors":
            return ["a", "b"]
        case "prepend":
            return ["b", "a"]
        case "pre":
            return ["pre", "f"]
        case "of_all":
            return ["all", "own"]
        case "nested":
            return ["m", "s"]
        case "nested_pre":
            return ["s", "m"]
        case "replaced":
            return ["10.0"]
        case "keyword":
            return ["1"]
        case "only_keyword":
            return ["0"]
        case "backward" | "constant_input":
            return ["b"]
        case "backward_pre":
            return ["pre", "b"]
        case "chain":
            return ["n", "m"]
        case (
            "in_place"
            | "relu_in_place"
            | "old_and_full"
            | "result_accumulated"
            | "no_grad"
            | "other_shape"
            | "other_dtype"
        ):
            return "RuntimeError"
        case "two_uses":
            return ["y"]
        case "grad":
            return ["x"]
        case "accumulated":
            return ["x", "post"]
    return []
