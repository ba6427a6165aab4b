"""Predict what a loader makes of samples.

A loader hands a list of samples to `default_collate`, which looks at the first of
them, decides by it, and goes on within it:

    first is          becomes
    a tensor          torch.stack of all of them
    an array          the same, of the arrays as tensors: the dtype stays
    a numpy number    torch.as_tensor(all of them): the dtype stays
    a float           torch.tensor(all of them, dtype=torch.float64)
    an int            torch.tensor(all of them)
    a string          what was given: nothing is done
    a dict            a dict of the same kind: each key's values are collated
    a tuple or list   a LIST: all first fields are collated, all second ones, …
    a named tuple     a named tuple, field by field
    something else    TypeError

Common guesses go wrong here: that the widest dtype wins (of tensors it does: stack
promotes), that a tuple stays a tuple, that [[1, 2], [3, 4]] becomes a 2 × 2 tensor.
With batch_size=None a loader makes no batches: arrays become tensors, and numbers
stay what they are.

Write `collated`. Each case in CASES is an expression, which comes after BEGIN, and you
answer with what comes out when your torch runs it.

You answer from what you know: `collated` must not make or use tensors or arrays.
"""

import torch

BEGIN = """\
from collections import namedtuple
from dataclasses import dataclass
import numpy as np
import torch
from torch.utils.data import DataLoader, default_collate

Pair = namedtuple("Pair", "x y")

@dataclass
class Point:
    x: int
"""

CASES = {
    # numbers
    "ints": "default_collate([1, 2])",
    "floats": "default_collate([1.0, 2.0])",
    "int_first": "default_collate([1, 2.5])",
    "float_first": "default_collate([2.5, 1])",
    "bools": "default_collate([True, False])",
    "bool_first": "default_collate([True, 2])",
    "one": "default_collate([5])",
    "none_at_all": "default_collate([])",
    "complex": "default_collate([1j, 2j])",
    "none": "default_collate([None, None])",
    "numpy_floats": "default_collate([np.float32(1), np.float32(2)])",
    "numpy_ints": "default_collate([np.int32(1), np.int32(2)])",
    # tensors and arrays
    "scalars": "default_collate([torch.tensor(1.0), torch.tensor(2.0)])",
    "one_tensor": "default_collate([torch.zeros(3)])",
    "images": "default_collate([torch.zeros(2, 3), torch.zeros(2, 3)])",
    "empty": "default_collate([torch.zeros(0), torch.zeros(0)])",
    "other_lengths": "default_collate([torch.zeros(3), torch.zeros(2)])",
    "length_one": "default_collate([torch.zeros(3), torch.zeros(1)])",
    "int_tensor_first": "default_collate([torch.tensor(1), torch.tensor(2.5)])",
    "half_first": "default_collate([torch.zeros(2).half(), torch.zeros(2)])",
    "tensor_and_number": "default_collate([torch.tensor(1), 2])",
    "number_and_tensor": "default_collate([1, torch.tensor(2)])",
    "arrays": "default_collate([np.zeros(2), np.zeros(2)])",
    "arrays_of_one": "default_collate([np.array(1.0), np.array(2.0)])",
    "array_and_tensor": "default_collate([np.zeros(2), torch.zeros(2)])",
    "array_of_strings": 'default_collate([np.array(["a"]), np.array(["b"])])',
    "parameter": "default_collate([torch.nn.Parameter(torch.zeros(2))])",
    # containers
    "strings": 'default_collate(["a", "b"])',
    "tuples": "default_collate([(1, 2), (3, 4)])",
    "first_of_tuples": "default_collate([(1, 2), (3, 4)])[0]",
    "strings_in_tuples": 'default_collate([(1, "a"), (2, "b")])[1]',
    "lists": "default_collate([[1, 2], [3, 4]])",
    "first_of_lists": "default_collate([[1, 2, 3], [4, 5, 6]])[0]",
    "lists_of_two_lengths": "default_collate([[1, 2], [3]])",
    "empty_tuples": "default_collate([(), ()])",
    "named": "default_collate([Pair(1, 2), Pair(3, 4)])",
    "dicts": 'default_collate([{"x": 1}, {"x": 2}])',
    "key_of_dicts": 'default_collate([{"x": 1.5}, {"x": 2}])["x"]',
    "key_missing_later": 'default_collate([{"x": 1, "y": 2}, {"x": 3}])',
    "key_more_later": 'default_collate([{"x": 1}, {"x": 2, "y": 3}])',
    "sets": "default_collate([{1, 2}, {3, 4}])",
    "dataclasses": "default_collate([Point(1), Point(2)])",
    "none_inside": "default_collate([(1, None), (2, None)])",
    # what a loader gives
    "loader": "next(iter(DataLoader([(1, 2), (3, 4)], batch_size=2)))",
    "loader_of_tensors": "next(iter(DataLoader(torch.zeros(4, 3), batch_size=2)))",
    "last_batch": "list(DataLoader(torch.zeros(5, 3), batch_size=2))[-1]",
    "batch_of_one": "next(iter(DataLoader([7, 8])))",
    "no_batches": "next(iter(DataLoader([1.5, 2.5], batch_size=None)))",
    "no_batches_tensor": "next(iter(DataLoader([torch.zeros(3)], batch_size=None)))",
    "no_batches_array": "next(iter(DataLoader([np.zeros(2)], batch_size=None)))",
    "no_batches_tuple": "next(iter(DataLoader([(1, 2)], batch_size=None)))",
    "own_collate": "next(iter(DataLoader([1, 2], batch_size=2, collate_fn=tuple)))",
}


def collated(case: str) -> tuple[str, torch.dtype | None, tuple[int, ...] | None] | str:
    """Predict the result of a case.

    Args:
        case: a key of CASES.

    Returns:
        (name of the result's class, its dtype, its shape) where it is a tensor, such as
        ("Tensor", torch.int64, (2,)); the shape is a tuple. Where it is something else,
        (name of its class, None, None), such as ("list", None, None). Where the case
        raises, the name of the exception's class alone, such as "ValueError".

    >>> collated("ints")
    ('Tensor', torch.int64, (2,))
    >>> collated("dicts")
    ('dict', None, None)
    >>> collated("complex")
    'TypeError'
    """
    return _RESULTS[case]


_RESULTS: dict[str, tuple[str, torch.dtype | None, tuple[int, ...] | None] | str] = {
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

HINTS = (
    "Look at the first sample alone: what it is decides what is done with all. A number and a "
    "tensor are put together by two functions, of which one wants nothing but tensors.",
    "Floats ask for float64; ints ask for nothing, so that torch.tensor looks at all of them. "
    "torch.stack wants one shape, without broadcasting, and takes the wider dtype.",
    "Containers are turned inside out: n samples of k fields become k batches of n. A later "
    "sample's other keys are not looked for, other lengths are. zip makes tuples of the fields.",
)

TAKE_ALONG = (
    "default_collate decides by the first sample. Python floats become float64, tuples become "
    "lists, strings stay. What it refuses, or does another way than you want, needs a collate_fn."
)
