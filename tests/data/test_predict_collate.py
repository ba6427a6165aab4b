"""Properties and misconceptions of data/predict_collate."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "collated answers without making or using tensors or arrays."

# As BEGIN and CASES of the exercise; each is run for real.
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
NUMBERS = {
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
}
TENSORS = {
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
}
CONTAINERS = {
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
}
LOADERS = {
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

CASES = {**NUMBERS, **TENSORS, **CONTAINERS, **LOADERS}

# What the cases come to, for the misconceptions.
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


def really(case):
    """What comes out, or the name of what is raised, by running the case."""
    names = {}
    exec(BEGIN, names)
    try:
        result = eval(CASES[case], names)
    except Exception as error:
        return type(error).__name__
    if isinstance(result, torch.Tensor):
        return type(result).__name__, result.dtype, tuple(result.shape)
    return type(result).__name__, None, None


@forall(case=st.sampled_from(tuple(NUMBERS)))
def test_knows_numbers(impl, case):
    """collated knows what becomes of numbers."""
    with NoOperations(WITHOUT):
        answer = impl.collated(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(TENSORS)))
def test_knows_tensors(impl, case):
    """collated knows what becomes of tensors and arrays, and of other shapes and dtypes."""
    with NoOperations(WITHOUT):
        answer = impl.collated(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(CONTAINERS)))
def test_knows_containers(impl, case):
    """collated knows what becomes of tuples, lists, dicts and what is in them."""
    with NoOperations(WITHOUT):
        answer = impl.collated(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(LOADERS)))
def test_knows_loaders(impl, case):
    """collated knows what a loader gives, with batches and without."""
    with NoOperations(WITHOUT):
        answer = impl.collated(case)
    assert_same(answer, really(case))
    return answer


FLOATS = ("Tensor", torch.float64, (2,))


@misconception(
    of="collated",
    says=(
        "Not the widest dtype decides, nor the first sample alone: floats in front ask for "
        "float64, and with an int in front torch.tensor chooses, which gives float32."
    ),
)
def the_widest_dtype_wins(case):
    wrong = {"int_first": FLOATS}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "Python's floats become float64 where one of them comes first. Only torch.tensor, without "
        "a dtype, makes float32 of them."
    ),
)
def floats_are_float32(case):
    cases = ("floats", "float_first", "key_of_dicts")
    wrong = dict.fromkeys(cases, ("Tensor", torch.float32, (2,)))
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Tuples become a list, in a loader too. Only named tuples keep their class."),
)
def tuples_stay_tuples(case):
    cases = ("tuples", "loader", "empty_tuples", "no_batches_tuple")
    wrong = dict.fromkeys(cases, ("tuple", None, None))
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "A list is a sample with fields, and each field is collated: a list of tensors comes out, "
        "of which each has one number of every sample."
    ),
)
def lists_become_matrices(case):
    wrong = {
        "lists": ("Tensor", torch.int64, (2, 2)),
        "first_of_lists": ("Tensor", torch.int64, (3,)),
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Named tuples keep their class."),
)
def named_tuples_become_lists(case):
    wrong = {"named": ("list", None, None)}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Strings stay as they are, in the list or tuple in which they came."),
)
def strings_are_refused(case):
    wrong = {"strings": "TypeError", "strings_in_tuples": "TypeError"}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Strings stay in what they came in, and zip hands the fields on as a tuple."),
)
def fields_of_strings_are_lists(case):
    wrong = {"strings_in_tuples": ("list", None, None)}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("None is no sample: it is refused with a TypeError, inside a tuple too."),
)
def none_is_handed_on(case):
    wrong = {"none": ("list", None, None), "none_inside": ("list", None, None)}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Complex numbers are neither int nor float, and are refused."),
)
def all_numbers_are_taken(case):
    wrong = {"complex": ("Tensor", torch.complex64, (2,))}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "Sets have no order and dataclasses no fields by position: both are refused. Dicts, "
        "tuples and lists are taken."
    ),
)
def all_containers_are_taken(case):
    wrong = {"sets": ("list", None, None), "dataclasses": ("Point", None, None)}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "Only the keys of the first sample are looked up. One that is missing later raises "
        "KeyError; one that comes later is dropped."
    ),
)
def keys_must_be_the_same(case):
    wrong = {"key_more_later": "KeyError"}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "The keys of the first sample are looked up in all of them, and one that is missing "
        "raises KeyError."
    ),
)
def missing_keys_are_left_out(case):
    wrong = {"key_missing_later": ("dict", None, None)}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Samples must have as many fields as the first, and tensors its shape: nothing is cut."),
)
def lengths_may_differ(case):
    wrong = {
        "lists_of_two_lengths": ("list", None, None),
        "other_lengths": ("Tensor", torch.float32, (2, 2)),
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("torch.stack wants one shape, and broadcasts nothing: a length of 1 is another length."),
)
def shapes_are_broadcast(case):
    wrong = {"length_one": ("Tensor", torch.float32, (2, 3))}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("A batch of one is a batch: it has a first dimension, of length 1."),
)
def one_sample_stays_alone(case):
    wrong = {
        "one": ("Tensor", torch.int64, ()),
        "one_tensor": ("Tensor", torch.float32, (3,)),
        "parameter": ("Tensor", torch.float32, (2,)),
        "batch_of_one": ("Tensor", torch.int64, ()),
        "last_batch": ("Tensor", torch.float32, (3,)),
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("torch.stack takes the dtype that holds all of them, whichever tensor comes first."),
)
def the_first_tensor_has_the_dtype(case):
    wrong = {
        "int_tensor_first": ("Tensor", torch.int64, (2,)),
        "half_first": ("Tensor", torch.float16, (2, 2)),
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "With a tensor in front all must be tensors. With a number in front torch.tensor takes "
        "tensors of one element too."
    ),
)
def numbers_join_tensors(case):
    wrong = {"tensor_and_number": ("Tensor", torch.int64, (2,))}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "With a number in front torch.tensor is called, which takes tensors of one element for "
        "numbers."
    ),
)
def tensors_don_t_join_numbers(case):
    wrong = {"number_and_tensor": "TypeError"}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("A number of numpy's has a dtype of its own, and keeps it."),
)
def numpys_numbers_are_pythons(case):
    wrong = {"numpy_floats": FLOATS, "numpy_ints": ("Tensor", torch.int64, (2,))}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Arrays keep their dtype, and that of numpy is float64 as a rule."),
)
def arrays_become_float32(case):
    wrong = {
        name: ("Tensor", torch.float32, TRUTH[name][2])
        for name in ("arrays", "arrays_of_one", "array_and_tensor", "no_batches_array")
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("There is no first sample to look at: an IndexError."),
)
def no_samples_are_an_empty_tensor(case):
    wrong = {"none_at_all": ("Tensor", torch.float32, (0,))}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=(
        "With batch_size=None there are no batches: no dimension is added, and numbers stay "
        "numbers. Arrays become tensors."
    ),
)
def no_batches_is_a_batch_of_one(case):
    wrong = {
        "no_batches": ("Tensor", torch.float64, (1,)),
        "no_batches_tensor": ("Tensor", torch.float32, (1, 3)),
        "no_batches_array": ("Tensor", torch.float64, (1, 2)),
    }
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("Without batches, too, arrays become tensors and a tuple becomes a list."),
)
def no_batches_changes_nothing(case):
    wrong = {"no_batches_array": ("ndarray", None, None), "no_batches_tuple": ("tuple", None, None)}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says=("torch.stack makes a new tensor, which is no Parameter."),
)
def parameters_stay_parameters(case):
    wrong = {"parameter": ("Parameter", torch.float32, (1, 2))}
    return wrong.get(case, TRUTH[case])


@misconception(
    of="collated",
    says="Where the case raises, the name of the exception is the whole answer, without a tuple.",
)
def puts_errors_in_a_tuple(case):
    answer = TRUTH[case]
    return (answer, None, None) if isinstance(answer, str) else answer


@misconception(
    of="collated",
    says="The dtype is one, such as torch.int64, and not its name as a text.",
)
def writes_dtypes_as_text(case):
    answer = TRUTH[case]
    if isinstance(answer, str) or answer[1] is None:
        return answer
    return answer[0], str(answer[1]), answer[2]
