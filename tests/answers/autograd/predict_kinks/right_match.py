"""match, by what the cases have in common; numbers may be written as thirds or halves."""

from math import inf, nan

import torch
from torch.torch_version import TorchVersion

NEW = TorchVersion(torch.__version__) >= (2, 14)


def gradient(case: str) -> list[float]:
    match case:
        case "relu":
            return [0.0, 0.0, 1.0]
        case "leaky_relu":
            return [0.25, 0.25, 1.0]
        case "abs" | "l1_loss":
            return [-1.0, 0.0, 1.0]
        case "norm":
            return [3 / 5, 4 / 5]
        case "norm_of_zeros" | "round" | "power_zero":
            return [0.0] * 2
        case "std_of_equals" | "sign" | "prod_of_zeros":
            return [0.0] * 3
        case "remainder" | "maximum_of_itself":
            return [1.0, 1.0]
        case "prod":
            return [0.0, 2.0 * 5, 0.0]
        case "sqrt":
            return [inf, 0.25]
        case "sqrt_times_zero":
            return [nan, 0.0]
        case "sqrt_not_taken":
            return [nan, 0.25]
        case "sqrt_of_relu":
            return [0.0, 0.25]
        case "entropy":
            return [nan, 1.0]
        case "max_dim":
            return [0.0, 1.0, 0.0]
        case "min_dim" | "sort":
            return [1.0, 0.0, 0.0]
        case "max" | "amax":
            return [0.0, 0.5, 0.5]
        case "max_of_four":
            return [1 / 4] * 4
        case "min":
            return [0.5, 0.5, 0.0]
        case "median":
            return [0.5, 0.0, 0.5]
        case "maximum":
            return [0.0, 0.5, 1.0]
        case "minimum":
            return [1.0, 0.5, 0.0]
        case "where":
            return [0.0, 0.0, 1.0]
        case "logsumexp":
            return [0.5, 0.5]
        case "clamp":
            return [0.0, 0.0 if NEW else 1.0, 1.0]
        case "clamp_both":
            return [0.0, 1.0, 0.0] if NEW else [1.0, 1.0, 1.0]
        case "clamp_to_tensor":
            return [1.0, 0.5 if NEW else 1.0, 0.0]
        case "sqrt_of_clamp":
            return [0.0 if NEW else inf, 0.25]
        case "fmax":
            return [0.0, 0.5 if NEW else 1.0, 1.0]
        case "fmin_of_the_second":
            return [1.0, 0.5 if NEW else 0.0, 0.0]
    raise KeyError(case)
