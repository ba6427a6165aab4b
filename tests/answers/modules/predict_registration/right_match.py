"""A match over groups of cases."""


def registered(case):
    match case:
        case "not_persistent":
            return False, True, False
        case "buffer" | "nn_buffer" | "buffer_on" | "parameter_as_buffer" | "bare_norm":
            return False, True, True
        case "tensor_over_buffer" | "tensor_over_no_buffer" | "none_and_back":
            return False, True, True
        case "tensor" | "tensor_on" | "times" | "double" | "detach" | "of_the_class" | "relu":
            return False, False, False
        case "deleted" | "deleted_and_back":
            return False, False, False
    if case.startswith(("no_", "none_", "list_", "dict_")):
        return False, False, False
    return True, False, True
