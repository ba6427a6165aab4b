"""Runs torch's own table of operators on sim and on the CPU, and prints what differs.

    python operators.py SAMPLES

Takes so many of the samples that torch has of each operator, of the first of DTYPES that it has.
A program of its own, since torch's table changes settings of the process that imports it. Prints
JSON: the number of operators compared, and the reason for each that differs, by its name.
"""

import itertools
import json
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.opinfo.core import OpInfo, SampleInput
from torch.utils._pytree import tree_leaves, tree_map

from torchkata.devices import sim

DTYPES = (torch.float32, torch.complex64, torch.int64, torch.bool, torch.float8_e4m3fn)

# Their results are memory as it was found.
UNSET = ("empty", "empty_like", "empty_permuted", "empty_strided", "new_empty", "new_empty_strided")


# The CPU's attention is one kernel, which rounds otherwise than its parts do on sim.
ONE_KERNEL = "nn.functional.scaled_dot_product_attention"
NEAR = {"rtol": 1e-4, "atol": 1e-4}


def main(samples: int) -> None:
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    sim.register()
    compared, differing = 0, {}
    for operator in op_db:
        dtypes = [dtype for dtype in DTYPES if dtype in operator.dtypes]
        # The jiterator compiles code of CUDA, and what has no dtype has no kernel for the CPU.
        if not dtypes or operator.name.startswith("jiterator"):
            continue
        compared += 1
        reason = difference(operator, dtypes[0], samples)
        if reason is not None:
            differing[operator.formatted_name] = reason
    print(json.dumps({"compared": compared, "differing": differing}))


def difference(operator: OpInfo, dtype: torch.dtype, samples: int) -> str | None:
    """What is first found to differ, or is refused by sim alone; None where all is the same."""
    differentiable = operator.supports_autograd and dtype.is_floating_point
    torch.manual_seed(0)
    try:
        drawn = operator.sample_inputs("sim", dtype, requires_grad=differentiable)
        for sample in itertools.islice(drawn, samples):
            host = on_the_cpu(sample)
            with torch.random.fork_rng(devices=()):
                expected = list(results(operator, host, differentiable))
                actual = list(results(operator, sample, differentiable))
            compare(actual, expected, operator.name)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def on_the_cpu(sample: SampleInput) -> SampleInput:
    """The same sample, with tensors of the same layout; what is one tensor there is one here."""
    placed: dict[int, Tensor] = {}

    def place(leaf: Any) -> Any:
        if isinstance(leaf, torch.device):
            return torch.device("cpu")
        if not isinstance(leaf, Tensor):
            return leaf
        if id(leaf) not in placed:
            whole = torch.empty(0, dtype=leaf.dtype, device=leaf.device)
            memory = whole.set_(leaf.untyped_storage()).cpu()
            copied = memory.as_strided(leaf.size(), leaf.stride(), leaf.storage_offset())
            placed[id(leaf)] = copied.detach().requires_grad_(leaf.requires_grad)
        return placed[id(leaf)]

    input, args, kwargs = tree_map(place, (sample.input, sample.args, sample.kwargs))
    result = SampleInput(input, args=args, kwargs=kwargs)
    result.output_process_fn_grad = sample.output_process_fn_grad
    return result


def results(operator: OpInfo, sample: SampleInput, differentiable: bool) -> Iterator[Any]:
    """The inputs' leaves, the outputs', and the gradients of the inputs."""
    inputs = tree_leaves((sample.input, sample.args, sample.kwargs))
    yield from (leaf.detach().clone() for leaf in inputs if isinstance(leaf, Tensor))
    torch.manual_seed(1)
    output = sample.output_process_fn_grad(
        operator.gradcheck_wrapper(operator.op, sample.input, *sample.args, **sample.kwargs)
    )
    leaves = tree_leaves(output)
    yield from leaves
    if not differentiable:
        return
    into = [leaf for leaf in inputs if isinstance(leaf, Tensor) and leaf.requires_grad]
    out_of = [leaf for leaf in leaves if isinstance(leaf, Tensor) and leaf.requires_grad]
    if into and out_of:
        ones = [torch.ones_like(leaf) for leaf in out_of]
        yield from torch.autograd.grad(out_of, into, ones, allow_unused=True)


def compare(actual: list[Any], expected: list[Any], name: str) -> None:
    assert len(actual) == len(expected), f"{len(actual)} values, and {len(expected)} on the CPU"
    for one, other in zip(actual, expected, strict=True):
        if not isinstance(other, Tensor):
            assert type(one) is type(other), f"a {type(one)}, and a {type(other)} on the CPU"
            assert one == other or one != one or isinstance(one, torch.device)
            continue
        assert one.requires_grad == other.requires_grad, "requires_grad differs"
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        if name not in UNSET:
            near = NEAR if name == ONE_KERNEL else {}
            torch.testing.assert_close(one.cpu(), other.cpu(), equal_nan=True, **near)


if __name__ == "__main__":
    main(int(sys.argv[1]))
