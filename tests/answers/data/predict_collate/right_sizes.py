"""A table that is made when the file is read, with torch.Size for shapes."""

import torch

TRUTH = {
    "ints": ("Tensor", torch.int64, (2,)),
    "floats": ("Tensor", torch.float64, (2,)),
    "int_first": ("Tensor", torch.float32, (2,)),
    "float_first": ("Tensor", torch.float64, (2,)),
    "bools": ("Tensor", torch.bool, (2,)),
    "bool_first": ("Tensor", torch.int64, (2,)),
    "one": ("Tensor", torch.int64, (1,)),
    "none_at_all": "IndexError",
    "complex": "TypeError",
    "none": "TypeError",
    "numpy_floats": ("Tensor", torch.float32, (2,)),
    "numpy_ints": ("Tensor", torch.int32, (2,)),
    "scalars": ("Tensor", torch.float32, (2,)),
    "one_tensor": ("Tensor", torch.float32, (1, 3)),
    "images": ("Tensor", torch.float32, (2, 2, 3)),
    "empty": ("Tensor", torch.float32, (2, 0)),
    "other_lengths": "RuntimeError",
    "length_one": "RuntimeError",
    "int_tensor_first": ("Tensor", torch.float32, (2,)),
    "half_first": ("Tensor", torch.float32, (2, 2)),
    "tensor_and_number": "TypeError",
    "number_and_tensor": ("Tensor", torch.int64, (2,)),
    "arrays": ("Tensor", torch.float64, (2, 2)),
    "arrays_of_one": ("Tensor", torch.float64, (2,)),
    "array_and_tensor": ("Tensor", torch.float64, (2, 2)),
    "array_of_strings": "TypeError",
    "parameter": ("Tensor", torch.float32, (1, 2)),
    "strings": ("list", None, None),
    "tuples": ("list", None, None),
    "first_of_tuples": ("Tensor", torch.int64, (2,)),
    "strings_in_tuples": ("tuple", None, None),
    "lists": ("list", None, None),
    "first_of_lists": ("Tensor", torch.int64, (2,)),
    "lists_of_two_lengths": "RuntimeError",
    "empty_tuples": ("list", None, None),
    "named": ("Pair", None, None),
    "dicts": ("dict", None, None),
    "key_of_dicts": ("Tensor", torch.float64, (2,)),
    "key_missing_later": "KeyError",
    "key_more_later": ("dict", None, None),
    "sets": "TypeError",
    "dataclasses": "TypeError",
    "none_inside": "TypeError",
    "loader": ("list", None, None),
    "loader_of_tensors": ("Tensor", torch.float32, (2, 3)),
    "last_batch": ("Tensor", torch.float32, (1, 3)),
    "batch_of_one": ("Tensor", torch.int64, (1,)),
    "no_batches": ("float", None, None),
    "no_batches_tensor": ("Tensor", torch.float32, (3,)),
    "no_batches_array": ("Tensor", torch.float64, (2,)),
    "no_batches_tuple": ("list", None, None),
    "own_collate": ("tuple", None, None),
}

SIZED = {
    case: (each[0], each[1], torch.Size(each[2]))
    for case, each in TRUTH.items()
    if not isinstance(each, str) and each[2] is not None
}


def collated(case):
    return SIZED.get(case, TRUTH[case])
