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
    by_dtype: dict[torch.dtype, dict[str, tuple[int, ...]]] = {
        torch.bool: {
            "torch.tensor([True, False])": (2,),
            "torch.zeros(2) > 0": (2,),
        },
        torch.int64: {
            "torch.tensor(3)": (),
            "torch.tensor([3])": (1,),
            "torch.tensor([[1, 2, 3]])": (1, 3),
            "torch.full((2, 2), 7)": (2, 2),
            "torch.arange(3)": (3,),
            "torch.arange(1, 3)": (2,),
            "torch.randperm(4)": (4,),
            "torch.randint(10, (2,))": (2,),
            "torch.zeros_like(torch.arange(3))": (3,),
            "torch.tensor([4, 6]) // torch.tensor([2, 3])": (2,),
            "torch.tensor([True, True]) + 1": (2,),
            "torch.tensor([True, True]).sum()": (),
        },
        torch.float16: {
            "torch.zeros(2, dtype=torch.half) * 2.0": (2,),
        },
        torch.float32: {
            "torch.Tensor(3)": (3,),
            "torch.Tensor(2, 3)": (2, 3),
            "torch.Tensor([3])": (1,),
            "torch.tensor([1, 2.5])": (2,),
            "torch.tensor([])": (0,),
            "torch.Tensor(np.zeros(2))": (2,),
            "torch.zeros(2, 3)": (2, 3),
            "torch.ones(2, dtype=torch.float)": (2,),
            "torch.full((2, 2), 7.0)": (2, 2),
            "torch.arange(0, 1, 0.25)": (4,),
            "torch.arange(0.5, 3)": (3,),
            "torch.linspace(0, 1, 5)": (5,),
            "torch.randint_like(torch.zeros(2), 10)": (2,),
            "torch.tensor([4, 6]) / torch.tensor([2, 3])": (2,),
            "torch.tensor([4, 6]) + 0.5": (2,),
            "torch.zeros(2) + torch.tensor(1.0, dtype=torch.double)": (2,),
            "torch.zeros(2) + torch.tensor([1])": (2,),
        },
        torch.float64: {
            "torch.tensor(np.zeros(2))": (2,),
            "torch.from_numpy(np.zeros((2, 3)))": (2, 3),
            "torch.ones(2, dtype=torch.double)": (2,),
            "torch.zeros(2, dtype=torch.float) + torch.zeros(2, dtype=torch.double)": (2,),
        },
    }
    return next((dtype, shapes[case]) for dtype, shapes in by_dtype.items() if case in shapes)


HINTS = (
    "Run a case in a Python prompt before you write its answer down: print x.dtype and "
    "tuple(x.shape). Guess first.",
    "A dict from the text of a case to its answer does. Which rule of the statement does the case "
    "show? Four cases begin with torch.Tensor, and none of them reads a dtype from its data.",
    "arange counts from a in steps and stops before b; linspace includes its end. One number that "
    "is not whole makes all of them float32.",
    "For two tensors: which has the higher kind? Within one kind the wider dtype wins, but a 0-dim "
    "tensor has no say there. And / on whole numbers always gives a float.",
)

TAKE_ALONG = (
    "torch.tensor reads the dtype from the data; torch.Tensor is always float32 and takes numbers "
    "for sides. arange leaves its end out. torch.float is 32 bits, and numpy's floats have 64."
)
