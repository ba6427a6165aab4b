"""A match statement."""

import torch


def creation(case: str) -> tuple[torch.dtype, tuple[int, ...]]:
    match case:
        case "torch.Tensor(3)" | "torch.arange(0.5, 3)":
            return torch.float32, (3,)
        case "torch.Tensor(2, 3)" | "torch.zeros(2, 3)":
            return torch.float32, (2, 3)
        case "torch.Tensor([3])":
            return torch.float32, (1,)
        case "torch.tensor(3)" | "torch.tensor([True, True]).sum()":
            return torch.int64, ()
        case "torch.tensor([3])":
            return torch.int64, (1,)
        case "torch.tensor([[1, 2, 3]])":
            return torch.int64, (1, 3)
        case "torch.tensor([True, False])" | "torch.zeros(2) > 0":
            return torch.bool, (2,)
        case "torch.tensor([])":
            return torch.float32, (0,)
        case "torch.from_numpy(np.zeros((2, 3)))":
            return torch.float64, (2, 3)
        case "torch.tensor(np.zeros(2))" | "torch.ones(2, dtype=torch.double)":
            return torch.float64, (2,)
        case "torch.zeros(2, dtype=torch.float) + torch.zeros(2, dtype=torch.double)":
            return torch.float64, (2,)
        case "torch.full((2, 2), 7)":
            return torch.int64, (2, 2)
        case "torch.full((2, 2), 7.0)":
            return torch.float32, (2, 2)
        case "torch.arange(3)" | "torch.zeros_like(torch.arange(3))":
            return torch.int64, (3,)
        case "torch.randperm(4)":
            return torch.int64, (4,)
        case "torch.arange(0, 1, 0.25)":
            return torch.float32, (4,)
        case "torch.linspace(0, 1, 5)":
            return torch.float32, (5,)
        case "torch.zeros(2, dtype=torch.half) * 2.0":
            return torch.float16, (2,)
        case (
            "torch.arange(1, 3)"
            | "torch.randint(10, (2,))"
            | "torch.tensor([4, 6]) // torch.tensor([2, 3])"
            | "torch.tensor([True, True]) + 1"
        ):
            return torch.int64, (2,)
        case _:
            return torch.float32, (2,)
