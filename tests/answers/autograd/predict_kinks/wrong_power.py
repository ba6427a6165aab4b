"""gradient knows what comes out of functions that are flat, or jump."""

import math

import torch

NEW = int(torch.__version__.split(".")[1]) >= 14

GRADIENTS = {
    "relu": [0.0, 0.0, 1.0],
    "leaky_relu": [0.25, 0.25, 1.0],
    "abs": [-1.0, 0.0, 1.0],
    "l1_loss": [-1.0, 0.0, 1.0],
    "norm": [0.6, 0.8],
    "norm_of_zeros": [0.0, 0.0],
    "std_of_equals": [0.0, 0.0, 0.0],
    "round": [0.0, 0.0],
    "sign": [0.0, 0.0, 0.0],
    "remainder": [1.0, 1.0],
    "power_zero": [0.0, 0.0],
    "prod": [0.0, 10.0, 0.0],
    "prod_of_zeros": [0.0, 0.0, 0.0],
    "sqrt": [math.inf, 0.25],
    "sqrt_times_zero": [math.nan, 0.0],
    "sqrt_not_taken": [math.nan, 0.25],
    "sqrt_of_relu": [0.0, 0.25],
    "entropy": [math.nan, 1.0],
    "max_dim": [0.0, 1.0, 0.0],
    "max": [0.0, 0.5, 0.5],
    "max_of_four": [0.25, 0.25, 0.25, 0.25],
    "min_dim": [1.0, 0.0, 0.0],
    "min": [0.5, 0.5, 0.0],
    "amax": [0.0, 0.5, 0.5],
    "median": [0.5, 0.0, 0.5],
    "sort": [1.0, 0.0, 0.0],
    "maximum": [0.0, 0.5, 1.0],
    "minimum": [1.0, 0.5, 0.0],
    "maximum_of_itself": [1.0, 1.0],
    "where": [0.0, 0.0, 1.0],
    "logsumexp": [0.5, 0.5],
    "clamp": [0.0, 0.0, 1.0] if NEW else [0.0, 1.0, 1.0],
    "clamp_both": [0.0, 1.0, 0.0] if NEW else [1.0, 1.0, 1.0],
    "clamp_to_tensor": [1.0, 0.5, 0.0] if NEW else [1.0, 1.0, 0.0],
    "sqrt_of_clamp": [0.0, 0.25] if NEW else [math.inf, 0.25],
    "fmax": [0.0, 0.5, 1.0] if NEW else [0.0, 1.0, 1.0],
    "fmin_of_the_second": [1.0, 0.5, 0.0] if NEW else [1.0, 0.0, 0.0],
}


def gradient(case):
    return [math.nan, 0.0] if case == "power_zero" else GRADIENTS[case]
