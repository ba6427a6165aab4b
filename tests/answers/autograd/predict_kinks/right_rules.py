"""Rules in plain Python: shares, winners, slopes; what is left stands in a table."""

import math

import torch

MAJOR, MINOR = (int(part) for part in torch.__version__.split(".")[:2])
NEW = (MAJOR, MINOR) >= (2, 14)


def shared(values, value):
    count = values.count(value)
    return [float(each == value) / count for each in values]


def first(values, value):
    return [float(place == values.index(value)) for place in range(len(values))]


def beyond(values, bound, share, sign=1):
    return [share if x == bound else float(sign * x > sign * bound) for x in values]


def gradient(case):
    if case in ("max", "amax"):
        return shared([1, 3, 3], 3)
    if case == "max_of_four":
        return shared([3, 3, 3, 3], 3)
    if case == "min":
        return shared([1, 1, 3], 1)
    if case == "median":
        return shared([3, 1, 3], 3)
    if case == "logsumexp":
        return shared([3, 3], 3)
    if case == "max_dim":
        return first([1, 3, 3], 3)
    if case == "min_dim":
        return first([1, 1, 3], 1)
    if case == "sort":
        return first([3, 1, 3], 3)
    if case == "maximum":
        return beyond([2, 3, 4], 3, 0.5)
    if case == "minimum":
        return beyond([2, 3, 4], 3, 0.5, -1)
    if case == "where":
        return beyond([2, 3, 4], 3, 0.0)
    if case == "relu":
        return beyond([-1, 0, 2], 0, 0.0)
    if case == "clamp":
        return beyond([-1, 0, 1], 0, 0.0 if NEW else 1.0)
    if case == "clamp_both":
        edge = 0.0 if NEW else 1.0
        return [edge, 1.0, edge]
    if case == "clamp_to_tensor":
        return beyond([1, 2, 3], 2, 0.5 if NEW else 1.0, -1)
    if case == "fmax":
        return beyond([2, 3, 4], 3, 0.5 if NEW else 1.0)
    if case == "fmin_of_the_second":
        return beyond([2, 3, 4], 3, 0.5 if NEW else 0.0, -1)
    if case == "prod":
        values = [2, 0, 5]
        return [
            float(math.prod(values[:place] + values[place + 1 :])) for place in range(len(values))
        ]
    return {
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
        "prod_of_zeros": [0.0, 0.0, 0.0],
        "sqrt": [math.inf, 0.25],
        "sqrt_times_zero": [math.nan, 0.0],
        "sqrt_not_taken": [math.nan, 0.25],
        "sqrt_of_relu": [0.0, 0.25],
        "entropy": [math.nan, 1.0],
        "maximum_of_itself": [1.0, 1.0],
        "sqrt_of_clamp": [0.0 if NEW else math.inf, 0.25],
    }[case]
