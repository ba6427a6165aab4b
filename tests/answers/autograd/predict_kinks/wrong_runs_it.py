"""gradient answers without making or using tensors or arrays."""

import torch
import torch.nn.functional as F


def leaf(*values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


CASES = {
    "relu": "x = leaf(-1, 0, 2); y = x.relu()",
    "leaky_relu": "x = leaf(-1, 0, 2); y = F.leaky_relu(x, 0.25)",
    "abs": "x = leaf(-2, 0, 2); y = x.abs()",
    "l1_loss": "x = leaf(1, 2, 3); y = F.l1_loss(x, torch.full_like(x, 2), reduction='sum')",
    "norm": "x = leaf(3, 4); y = x.norm()",
    "norm_of_zeros": "x = leaf(0, 0); y = x.norm()",
    "std_of_equals": "x = leaf(2, 2, 2); y = x.std()",
    "round": "x = leaf(0.5, 1.2); y = x.round() * 3",
    "sign": "x = leaf(-2, 0, 2); y = x.sign()",
    "remainder": "x = leaf(1.5, 2); y = x % 2",
    "power_zero": "x = leaf(0, 3); y = x**0",
    "prod": "x = leaf(2, 0, 5); y = x.prod()",
    "prod_of_zeros": "x = leaf(0, 0, 5); y = x.prod()",
    "sqrt": "x = leaf(0, 4); y = x.sqrt()",
    "sqrt_times_zero": "x = leaf(0, 4); y = x.sqrt() * 0",
    "sqrt_not_taken": "x = leaf(0, 4); y = torch.where(x > 0, x.sqrt(), 0)",
    "sqrt_of_relu": "x = leaf(0, 4); y = x.relu().sqrt()",
    "entropy": "x = leaf(0, 1); y = x * x.log()",
    "max_dim": "x = leaf(1, 3, 3); y = x.max(dim=0).values",
    "max": "x = leaf(1, 3, 3); y = x.max()",
    "max_of_four": "x = leaf(3, 3, 3, 3); y = x.max()",
    "min_dim": "x = leaf(1, 1, 3); y = x.min(dim=0).values",
    "min": "x = leaf(1, 1, 3); y = x.min()",
    "amax": "x = leaf(1, 3, 3); y = x.amax(dim=0)",
    "median": "x = leaf(3, 1, 3); y = x.median()",
    "sort": "x = leaf(3, 1, 3); y = x.sort(stable=True, descending=True).values[0]",
    "maximum": "x = leaf(2, 3, 4); y = torch.maximum(x, torch.full_like(x, 3))",
    "minimum": "x = leaf(2, 3, 4); y = torch.minimum(x, torch.full_like(x, 3))",
    "maximum_of_itself": "x = leaf(2, 3); y = torch.maximum(x, x)",
    "where": "x = leaf(2, 3, 4); y = torch.where(x > 3, x, 3)",
    "logsumexp": "x = leaf(3, 3); y = x.logsumexp(dim=0)",
    "clamp": "x = leaf(-1, 0, 1); y = x.clamp(min=0)",
    "clamp_both": "x = leaf(0, 1, 2); y = x.clamp(0, 2)",
    "clamp_to_tensor": "x = leaf(1, 2, 3); y = x.clamp(max=torch.full_like(x, 2))",
    "sqrt_of_clamp": "x = leaf(0, 4); y = x.clamp(min=0).sqrt()",
    "fmax": "x = leaf(2, 3, 4); y = torch.fmax(x, torch.full_like(x, 3))",
    "fmin_of_the_second": "x = leaf(2, 3, 4); y = torch.fmin(torch.full_like(x, 3), x)",
}


def gradient(case):
    names = {"torch": torch, "F": F, "leaf": leaf}
    exec(CASES[case], names)
    names["y"].sum().backward()
    return names["x"].grad.tolist()
