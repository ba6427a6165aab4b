"""The cases of each outcome, and which of them it is."""

CASES_OF = {
    "24": "view".split(),
    "8": "clone".split(),
    "0.0": "views_together kept kept_copy memory_assign".split(),
    "1.0": "views_apart kept_deepcopy kept_reload memory tied_apart".split(),
    "True": "twice requires_grad metadata metadata_reload mode frozen object tied".split(),
    "4": "expanded".split(),
    "False": "transposed metadata_dict metadata_copy object_assign tied_assign".split(),
    "None": "grad".split(),
    "(False, True)": "result".split(),
    "Parameter": "parameter".split(),
    "RuntimeError": (
        "no_folder missing sizes sizes_not_strict sizes_assign broadcast number_for_one"
    ).split(),
    "FileNotFoundError": "no_file".split(),
    "UnpicklingError": "module numpy_number array path function".split(),
    "Linear": "module_anyway".split(),
    "0.5": "number rate".split(),
    "{1, 2}": "set".split(),
    "OrderedDict": "ordered".split(),
    "torch.float64": "dtype doubles_assign".split(),
    "cpu": "device".split(),
    "2": "tied_names".split(),
    "1": "tied_parameters".split(),
    "7.0": "tied_reload in_part one_for_number".split(),
    "['bias']": "missing_not_strict".split(),
    "torch.float32": "doubles".split(),
}


def outcome(case):
    return next(answer for answer, cases in CASES_OF.items() if case in cases)
