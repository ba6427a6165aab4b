"""Predict gradients where there is no slope.

relu has a corner at 0, and the largest of two equal numbers has two owners. Mathematics gives no
derivative there, and autograd gives one all the same. It follows a few rules:

    corner      relu at 0        0         the slope is that of neither side, or of one of them
                abs at 0         0
    root of 0   x.sqrt()         inf       the slope really is infinite there
                x.norm()         0         a guard of torch's: norm and std never divide by 0
    tie         max(dim=0)       0  1  0   of [1, 3, 3] one takes all
                max()            0  ½  ½   or all of the largest share
    chain       0 · inf          nan       also where the forward pass dropped the branch; but
                                           relu and clamp hand on 0 where they are flat,
                                           whatever arrives

Who asks for positions along a dimension (`max(dim=…)`, `min(dim=…)`, `sort`, `topk`) has picked one
place, and that gets everything: the first one. Who asks for a value alone (`max()`, `amax`,
`median()`) has picked none, and all places that hold the value share. `maximum` and `minimum` share
between their two arguments.

Three functions differ between versions of torch; SINCE_2_14 below tells which one you have.

                                          before 2.14             since torch 2.14
    clamp with numbers, x on the bound    1                       0
    clamp with tensors, x on the bound    1 to x                  ½ to x, ½ to the bound
    fmax and fmin of equals               1 to the first          ½ to each

Write `gradient`. Each case in CASES is a piece of code, which comes after BEGIN and before END. You
answer with what `gradient` is at the end.

You answer from what you know: `gradient` must not make or use tensors or arrays.
"""

import math

import torch

SINCE_2_14 = tuple(map(int, torch.__version__.split(".")[:2])) >= (2, 14)

BEGIN = """\
import torch
import torch.nn.functional as F

def leaf(*values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)
"""

END = """\
y.sum().backward()
gradient = x.grad.tolist()
"""

CASES = {
    # functions with a kink, or that are flat
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
    # where a slope is infinite
    "sqrt": "x = leaf(0, 4); y = x.sqrt()",
    "sqrt_times_zero": "x = leaf(0, 4); y = x.sqrt() * 0",
    "sqrt_not_taken": "x = leaf(0, 4); y = torch.where(x > 0, x.sqrt(), 0)",
    "sqrt_of_relu": "x = leaf(0, 4); y = x.relu().sqrt()",
    "entropy": "x = leaf(0, 1); y = x * x.log()",
    # equal values
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
    # since torch 2.14 otherwise than before
    "clamp": "x = leaf(-1, 0, 1); y = x.clamp(min=0)",
    "clamp_both": "x = leaf(0, 1, 2); y = x.clamp(0, 2)",
    "clamp_to_tensor": "x = leaf(1, 2, 3); y = x.clamp(max=torch.full_like(x, 2))",
    "sqrt_of_clamp": "x = leaf(0, 4); y = x.clamp(min=0).sqrt()",
    "fmax": "x = leaf(2, 3, 4); y = torch.fmax(x, torch.full_like(x, 3))",
    "fmin_of_the_second": "x = leaf(2, 3, 4); y = torch.fmin(torch.full_like(x, 3), x)",
}


def gradient(case: str) -> list[float]:
    """Predict the gradient that x gets.

    Args:
        case: a key of CASES.

    Returns:
        x.grad as a list of floats, after BEGIN, the case and END have run on this torch. It can
        hold float("nan") and float("inf").

    >>> gradient("abs")
    [-1.0, 0.0, 1.0]
    >>> gradient("max_of_four")
    [0.25, 0.25, 0.25, 0.25]
    """
    raise NotImplementedError
