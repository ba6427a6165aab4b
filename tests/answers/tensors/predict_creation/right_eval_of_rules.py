"""Shapes and dtypes in two steps; dtypes by their other names."""

import torch

SHAPES = {
    (): ("torch.tensor(3)", "torch.tensor([True, True]).sum()"),
    (0,): ("torch.tensor([])",),
    (1,): ("torch.Tensor([3])", "torch.tensor([3])"),
    (1, 3): ("torch.tensor([[1, 2, 3]])",),
    (2, 2): ("torch.full((2, 2), 7)", "torch.full((2, 2), 7.0)"),
    (3,): (
        "torch.Tensor(3)",
        "torch.arange(3)",
        "torch.arange(0.5, 3)",
        "torch.zeros_like(torch.arange(3))",
    ),
    (4,): ("torch.arange(0, 1, 0.25)", "torch.randperm(4)"),
    (5,): ("torch.linspace(0, 1, 5)",),
    (2, 3): ("torch.Tensor(2, 3)", "torch.zeros(2, 3)", "torch.from_numpy(np.zeros((2, 3)))"),
}


def shape_of(case):
    for shape, cases in SHAPES.items():
        if case in cases:
            return torch.Size(shape)
    return torch.Size([2])


def creation(case):
    if case.endswith("> 0") or case == "torch.tensor([True, False])":
        dtype = torch.bool
    elif "half" in case:
        dtype = torch.half
    elif case.startswith("torch.Tensor"):
        dtype = torch.float
    elif "np." in case or case.endswith("torch.zeros(2, dtype=torch.double)"):
        dtype = torch.double
    elif case == "torch.ones(2, dtype=torch.double)":
        dtype = torch.double
    elif " / " in case or "5" in case or case.startswith("torch.zeros("):
        dtype = torch.float
    elif case in ("torch.tensor([])", "torch.full((2, 2), 7.0)"):
        dtype = torch.float
    elif "torch.zeros(2)," in case or case.startswith("torch.ones"):
        dtype = torch.float
    else:
        dtype = torch.long
    return dtype, shape_of(case)
