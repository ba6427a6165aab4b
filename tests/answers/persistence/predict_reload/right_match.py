"""One match, case by case."""


def outcome(case: str) -> str:
    match case:
        case "view":
            return "24"
        case "clone":
            return "8"
        case "views_together" | "kept" | "kept_copy" | "memory_assign":
            return "0.0"
        case "views_apart" | "kept_deepcopy" | "kept_reload" | "memory" | "tied_apart":
            return "1.0"
        case (
            "twice"
            | "requires_grad"
            | "metadata"
            | "metadata_reload"
            | "mode"
            | "frozen"
            | "object"
            | "tied"
        ):
            return "True"
        case "expanded":
            return "4"
        case "transposed" | "metadata_dict" | "metadata_copy" | "object_assign" | "tied_assign":
            return "False"
        case "grad":
            return "None"
        case "result":
            return "(False, True)"
        case "parameter":
            return "Parameter"
        case (
            "no_folder"
            | "missing"
            | "sizes"
            | "sizes_not_strict"
            | "sizes_assign"
            | "broadcast"
            | "number_for_one"
        ):
            return "RuntimeError"
        case "no_file":
            return "FileNotFoundError"
        case "module" | "numpy_number" | "array" | "path" | "function":
            return "UnpicklingError"
        case "module_anyway":
            return "Linear"
        case "number" | "rate":
            return "0.5"
        case "set":
            return "{1, 2}"
        case "ordered":
            return "OrderedDict"
        case "dtype" | "doubles_assign":
            return "torch.float64"
        case "device":
            return "cpu"
        case "tied_names":
            return "2"
        case "tied_parameters":
            return "1"
        case "tied_reload" | "in_part" | "one_for_number":
            return "7.0"
        case "missing_not_strict":
            return "['bias']"
        case "doubles":
            return "torch.float32"
    raise KeyError(case)
