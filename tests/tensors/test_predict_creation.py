"""Properties and misconceptions of tensors/predict_creation."""

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "creation answers without making or using tensors or arrays."

# As in CASES of the exercise.
FROM_DATA = (
    "torch.Tensor(3)",
    "torch.Tensor(2, 3)",
    "torch.Tensor([3])",
    "torch.tensor(3)",
    "torch.tensor([3])",
    "torch.tensor([[1, 2, 3]])",
    "torch.tensor([1, 2.5])",
    "torch.tensor([True, False])",
    "torch.tensor([])",
    "torch.tensor(np.zeros(2))",
    "torch.from_numpy(np.zeros((2, 3)))",
    "torch.Tensor(np.zeros(2))",
)
FROM_A_SIZE = (
    "torch.zeros(2, 3)",
    "torch.ones(2, dtype=torch.float)",
    "torch.ones(2, dtype=torch.double)",
    "torch.full((2, 2), 7)",
    "torch.full((2, 2), 7.0)",
    "torch.arange(3)",
    "torch.arange(1, 3)",
    "torch.arange(0, 1, 0.25)",
    "torch.arange(0.5, 3)",
    "torch.linspace(0, 1, 5)",
    "torch.randperm(4)",
    "torch.randint(10, (2,))",
    "torch.randint_like(torch.zeros(2), 10)",
    "torch.zeros_like(torch.arange(3))",
)
FROM_ARITHMETIC = (
    "torch.tensor([4, 6]) / torch.tensor([2, 3])",
    "torch.tensor([4, 6]) // torch.tensor([2, 3])",
    "torch.tensor([4, 6]) + 0.5",
    "torch.tensor([True, True]) + 1",
    "torch.tensor([True, True]).sum()",
    "torch.zeros(2) > 0",
    "torch.zeros(2, dtype=torch.half) * 2.0",
    "torch.zeros(2, dtype=torch.float) + torch.zeros(2, dtype=torch.double)",
    "torch.zeros(2) + torch.tensor(1.0, dtype=torch.double)",
    "torch.zeros(2) + torch.tensor([1])",
)


def really(case):
    made = eval(case, {"torch": torch, "np": np})
    return made.dtype, tuple(made.shape)


TRUTH = {case: really(case) for case in (*FROM_DATA, *FROM_A_SIZE, *FROM_ARITHMETIC)}


@forall(case=st.sampled_from(FROM_DATA))
def test_predicts_what_data_gives(impl, case):
    """creation tells the dtype and shape of a tensor made from numbers, lists and arrays."""
    with NoOperations(WITHOUT):
        answer = impl.creation(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(FROM_A_SIZE))
def test_predicts_what_a_size_gives(impl, case):
    """creation tells the dtype and shape of a tensor made from a size, a range or a tensor."""
    with NoOperations(WITHOUT):
        answer = impl.creation(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(FROM_ARITHMETIC))
def test_predicts_what_arithmetic_gives(impl, case):
    """creation tells the dtype and shape of the result of arithmetic."""
    with NoOperations(WITHOUT):
        answer = impl.creation(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="creation",
    says="torch.Tensor(3) is no 3: the constructor takes numbers for sides, and gives memory that "
    "nobody has filled. torch.tensor(3) is the number.",
)
def takes_sides_for_values(case):
    values = {"torch.Tensor(3)": (), "torch.Tensor(2, 3)": (2,)}
    return (torch.float32, values[case]) if case in values else TRUTH[case]


@misconception(
    of="creation",
    says="torch.tensor and torch.Tensor are two things: the first reads the dtype from the data, "
    "the second is float32 whatever it is given.",
)
def tensor_is_always_float(case):
    return (torch.float32, TRUTH[case][1]) if case.startswith("torch.tensor(") else TRUTH[case]


@misconception(
    of="creation",
    says="torch.Tensor does not read the dtype of its data: it makes float32 of whole numbers and "
    "of numpy's float64.",
)
def the_constructor_reads_the_dtype(case):
    read = {
        "torch.Tensor([3])": (torch.int64, (1,)),
        "torch.Tensor(np.zeros(2))": (torch.float64, (2,)),
    }
    return read.get(case, TRUTH[case])


@misconception(
    of="creation",
    says="A numpy array keeps its dtype, and numpy's floats are float64. Only Python's numbers "
    "become float32.",
)
def arrays_become_float32(case):
    dtype, shape = TRUTH[case]
    return (torch.float32, shape) if "np." in case else (dtype, shape)


@misconception(of="creation", says="arange is half open, as range is: it stops before its end.")
def arange_includes_its_end(case):
    lengths = {"torch.arange(3)": 4, "torch.arange(1, 3)": 3, "torch.arange(0, 1, 0.25)": 5}
    dtype, shape = TRUTH[case]
    return dtype, (lengths[case],) if case in lengths else shape


@misconception(
    of="creation",
    says="torch.float is float32, half as wide as torch.double. Python's own float has 64 bits.",
)
def float_is_64_bits(case):
    dtype, shape = TRUTH[case]
    return (torch.float64 if "dtype=torch.float)" in case else dtype), shape


@misconception(
    of="creation",
    says="Not every new tensor is float32: where whole numbers are given or drawn (arange, full, "
    "randperm, randint), the result is int64.",
)
def numbers_are_always_float(case):
    whole = ("torch.arange(", "torch.full(", "torch.randperm(", "torch.randint(")
    dtype, shape = TRUTH[case]
    return (torch.float32 if case.startswith(whole) else dtype), shape


@misconception(
    of="creation",
    says="A function that ends in _like takes the dtype of the tensor that it is like, be the "
    "numbers whole or not.",
)
def like_follows_the_function(case):
    usual = {"torch.randint_like": torch.int64, "torch.zeros_like": torch.float32}
    dtype, shape = TRUTH[case]
    return usual.get(case.partition("(")[0], dtype), shape


@misconception(
    of="creation",
    says="/ is the true quotient: of whole numbers too it gives floats. Only // keeps them whole.",
)
def a_quotient_stays_whole(case):
    dtype, shape = TRUTH[case]
    return (torch.int64 if " / " in case else dtype), shape


@misconception(
    of="creation",
    says="A 0-dim tensor counts as a number does: within one kind, the dtype of the tensor with "
    "dimensions wins.",
)
def the_widest_always_wins(case):
    dtype, shape = TRUTH[case]
    return (torch.float64 if "torch.double" in case else dtype), shape


@misconception(
    of="creation",
    says="A sum of truth values is their count: bool is the lowest kind, and adding takes it to "
    "whole numbers.",
)
def bools_stay_bools(case):
    dtype, shape = TRUTH[case]
    return (torch.bool if "True, True" in case else dtype), shape
