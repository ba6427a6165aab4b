"""Which dtype and shape has a new tensor?

Nobody says dtype= every time. Torch then follows a few rules, and common notes get some wrong:

    torch.tensor(data)         reads the data: its dtype and its shape follow from the values
    torch.Tensor(…)            the constructor of float32 tensors: numbers are sides, not values
    torch.arange(a, b, step)   stops before b; whole numbers give int64, others float32
    …_like(x)                  takes the dtype and shape of x
    a + b                      takes the higher kind (bool < int < float), then the wider dtype of
                               it; a Python number or a 0-dim tensor counts by its kind alone

`torch.float` is another name of float32, `torch.double` of float64, `torch.half` of float16. A
Python float becomes float32, a numpy array keeps the dtype that it has, which is float64 where
nobody said otherwise.

Write `creation`. It answers from what you know: it must not make or use tensors or arrays.
"""

import torch

CASES = (
    # from data
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
    # from a size, a range or another tensor
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
    # from arithmetic
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


def creation(case: str) -> tuple[torch.dtype, tuple[int, ...]]:
    """Predict the dtype and the shape of a tensor.

    Args:
        case: one of CASES, the text of an expression (np is numpy).

    Returns:
        The tuple (dtype, shape) of what the expression gives.

    >>> creation("torch.zeros(2, 3)")
    (torch.float32, (2, 3))
    >>> creation("torch.tensor([[1, 2, 3]])")
    (torch.int64, (1, 3))
    """
    raise NotImplementedError
