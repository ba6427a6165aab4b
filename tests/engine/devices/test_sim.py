"""`sim` really computes, and accepts and refuses what CUDA does."""

import copy
import io
import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, TensorDataset

from torchkata.devices import sim

pytestmark = pytest.mark.skipif(sim.missing() is not None, reason=str(sim.missing()))

Call = Callable[[str], Any]


@pytest.fixture(autouse=True, scope="module")
def registered() -> None:
    sim.register()


def matrix(device: str) -> Tensor:
    return torch.tensor([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]], device=device)


def square(device: str) -> Tensor:
    return torch.tensor([[2.0, 1.0], [-1.0, 3.0]], device=device)


def vector(device: str) -> Tensor:
    return torch.tensor([1.0, 2.0, 3.0], device=device)


def scalar(device: str) -> Tensor:
    return torch.tensor(2.0, device=device)


def index(device: str) -> Tensor:
    return torch.tensor([1, 0], device=device)


def mask(device: str) -> Tensor:
    return torch.tensor([[True, False, True], [False, False, True]], device=device)


def image(device: str) -> Tensor:
    return torch.arange(32.0, device=device).reshape(1, 2, 4, 4) / 8


def assigned(target: Tensor, key: Any, value: Any) -> Tensor:
    target[key] = value
    return target


def generator(device: str) -> torch.Generator:
    return torch.Generator(device=device).manual_seed(0)


# What CUDA accepts, as functions of the device.
ACCEPTED: dict[str, Call] = {
    "add": lambda d: matrix(d) + vector(d),
    "add a number": lambda d: 1 + matrix(d) * 2.5 - 3,
    "add a CPU scalar": lambda d: matrix(d) + scalar("cpu"),
    "a CPU scalar first": lambda d: scalar("cpu") - matrix(d),
    "a CPU scalar does not promote": lambda d: vector(d).half() * torch.tensor(2.0).double(),
    "a CPU scalar and a 0-dim tensor": lambda d: scalar("cpu") * scalar(d),
    "in-place with a CPU scalar": lambda d: matrix(d).mul_(scalar("cpu")),
    "compare with a CPU scalar": lambda d: matrix(d) > scalar("cpu"),
    "compare in-place with a CPU scalar": lambda d: matrix(d).gt_(scalar("cpu")),
    "floor division by a CPU scalar": lambda d: matrix(d) // scalar("cpu"),
    "remainder by a number": lambda d: matrix(d) % 2,
    "integer remainder by a float": lambda d: index(d) % 0.75,
    "power of a CPU scalar": lambda d: scalar("cpu") ** matrix(d),
    "maximum of a CPU scalar": lambda d: torch.maximum(scalar("cpu"), matrix(d)),
    "lerp by a CPU scalar": lambda d: torch.lerp(matrix(d), vector(d), scalar("cpu")),
    "addcmul of a CPU scalar": lambda d: torch.addcmul(matrix(d), vector(d), scalar("cpu")),
    "out= with a CPU scalar": lambda d: torch.add(
        matrix(d), scalar("cpu"), out=torch.empty(2, 3, device=d)
    ),
    "where": lambda d: torch.where(mask(d), matrix(d), vector(d)),
    "where with a number": lambda d: torch.where(mask(d), matrix(d), 0.0),
    "where with CPU scalars": lambda d: torch.where(mask(d), scalar("cpu"), scalar("cpu") + 1),
    "where on a CPU scalar": lambda d: torch.where(scalar("cpu") > 0, matrix(d), vector(d)),
    "masked_fill with a CPU scalar": lambda d: matrix(d).masked_fill(mask(d), scalar("cpu")),
    "fill_ with a CPU scalar": lambda d: matrix(d).fill_(scalar("cpu")),
    "fill_ of a CPU tensor": lambda d: matrix("cpu").fill_(scalar(d)).to(d),
    "matmul": lambda d: matrix(d) @ matrix(d).T,
    "bmm": lambda d: image(d)[0] @ image(d)[0],
    "addmm": lambda d: torch.addmm(vector(d), matrix(d).T @ matrix(d), matrix(d).T @ matrix(d)),
    "einsum": lambda d: torch.einsum("ij,kj->ik", matrix(d), matrix(d)),
    "linear": lambda d: F.linear(matrix(d), matrix(d), scalar(d).expand(2)),
    "conv1d": lambda d: F.conv1d(image(d)[0], image(d)[0], padding=1),
    "conv2d": lambda d: F.conv2d(image(d), image(d), padding=1),
    "conv_transpose2d": lambda d: F.conv_transpose2d(image(d), image(d).transpose(0, 1)),
    "cat": lambda d: torch.cat([matrix(d), matrix(d)], 1),
    "stack": lambda d: torch.stack([vector(d), vector(d)]),
    "gather": lambda d: matrix(d).gather(1, index(d)[:, None]),
    "scatter": lambda d: matrix(d).scatter(1, index(d)[:, None], 9.0),
    "scatter_add_": lambda d: matrix(d).scatter_add_(0, index(d)[:, None], matrix(d)),
    "index_select": lambda d: matrix(d).index_select(1, index(d)),
    "index_add_": lambda d: matrix(d).index_add_(0, index(d), matrix(d)),
    "index_fill_ with a CPU scalar": lambda d: matrix(d).index_fill_(1, index(d), scalar("cpu")),
    "masked_select": lambda d: matrix(d).masked_select(mask(d)),
    "embedding": lambda d: F.embedding(index(d), matrix(d)),
    "embedding_bag": lambda d: F.embedding_bag(index(d)[None], matrix(d)),
    "cross_entropy": lambda d: F.cross_entropy(matrix(d), index(d)),
    "mse_loss": lambda d: F.mse_loss(matrix(d), matrix(d) + 1),
    "index by tensors": lambda d: matrix(d)[index(d), index(d)],
    "index by CPU tensors": lambda d: matrix(d)[index("cpu"), index(d)],
    "index by a CPU mask": lambda d: matrix(d)[mask("cpu")],
    "index by a list": lambda d: matrix(d)[[1, 0]],
    "assign a number to a mask": lambda d: assigned(matrix(d), mask(d), 0),
    "assign at CPU indices": lambda d: assigned(matrix(d), index("cpu"), vector(d)),
    "assign at a CPU mask": lambda d: assigned(matrix(d), mask("cpu"), 7.0),
    "assign a CPU scalar at indices": lambda d: assigned(matrix(d), index(d), scalar("cpu")),
    "assign one CPU element to a mask": lambda d: assigned(matrix(d), mask(d), vector("cpu")[:1]),
    "assign a CPU tensor to a slice": lambda d: assigned(matrix(d), slice(1), vector("cpu")),
    "assign to a CPU slice": lambda d: assigned(matrix("cpu"), slice(1), vector(d)).to(d),
    "assign at indices of a CPU tensor": lambda d: assigned(
        matrix("cpu"), index(d), vector("cpu")
    ).to(d),
    "copy_ from the CPU": lambda d: matrix(d).copy_(vector("cpu")),
    "copy_ to the CPU": lambda d: matrix("cpu").copy_(vector(d)).to(d),
    "copy_ of another dtype": lambda d: matrix(d).copy_(index("cpu")[:, None]),
    "tolist": lambda d: matrix(d).tolist(),
    "item": lambda d: (scalar(d).item(), float(scalar(d)), int(scalar(d)), bool(scalar(d))),
    "len and in": lambda d: (len(matrix(d)), 4.0 in matrix(d), [int(x) for x in vector(d)]),
    "format": lambda d: f"{scalar(d):.3f}, {vector(d).to('cpu')}",
    "numpy(force=True)": lambda d: matrix(d).numpy(force=True).tolist(),
    "from_numpy": lambda d: torch.from_numpy(np.ones(2)).to(d),
    "as_tensor": lambda d: torch.as_tensor(np.arange(3), device=d),
    "arange, linspace, eye, full": lambda d: (
        torch.arange(3, device=d),
        torch.linspace(0, 1, 3, device=d),
        torch.eye(2, device=d),
        torch.full((2,), 3, device=d),
    ),
    "new_*, *_like": lambda d: (
        matrix(d).new_ones(2),
        matrix(d).new_tensor([1, 2]),
        torch.zeros_like(matrix(d)),
        torch.ones_like(matrix("cpu"), device=d),
    ),
    "dtypes": lambda d: [
        torch.tensor([0, 1, 2], dtype=dtype, device=d) * 1
        for dtype in (torch.half, torch.bfloat16, torch.double, torch.uint8, torch.bool)
    ],
    "complex": lambda d: (torch.complex(vector(d), vector(d)).conj() * 2j).imag,
    "in-place on a conjugate": lambda d: torch.complex(vector(d), vector(d)).conj().mul_(2j),
    "copy_ to a conjugate": lambda d: (
        torch.ones(2, dtype=torch.cfloat, device=d).conj().copy_(torch.tensor([1j, 2]))
    ),
    "fft": lambda d: torch.fft.ifft(torch.fft.fft(vector(d))).real,
    "linalg": lambda d: (torch.linalg.inv(square(d)), torch.linalg.det(square(d))),
    "sort, topk, unique": lambda d: (
        matrix(d).sort(),
        matrix(d).topk(2),
        index(d).unique(return_inverse=True),
    ),
    "reductions": lambda d: (matrix(d).sum(0), matrix(d).mean(), matrix(d).max(1), matrix(d).std()),
    "foreach": lambda d: torch._foreach_add([vector(d), matrix(d)], 1.0),
    "equal": lambda d: torch.equal(matrix(d), matrix(d)),
    "a 0-dim output for a generator of its own": lambda d: (
        torch.rand(2, device=d, generator=generator(d)).shape
    ),
    "pack_padded_sequence": lambda d: nn.utils.rnn.pack_padded_sequence(
        image(d)[0], torch.tensor([4, 3, 2, 1])[:4], enforce_sorted=True
    ).batch_sizes.tolist(),
    "tensor_split at CPU indices": lambda d: vector(d).tensor_split(torch.tensor([1])),
}

SAME = "Expected all tensors to be on the same device, but "
FOUND = SAME + "found at least two devices, sim:0 and cpu!"


def got(argument: str, device: str, others: str, method: str) -> str:
    return (
        f"{SAME}got {argument} is on {device}, different from other tensors on {others} "
        f"(when checking argument in method wrapper_SIM_{method})"
    )


# What CUDA refuses, and its words with sim for cuda.
REFUSED: dict[str, tuple[Call, str]] = {
    "add": (lambda d: matrix(d) + matrix("cpu"), FOUND),
    "add the other way round": (lambda d: matrix("cpu") + matrix(d), FOUND),
    "a CPU vector and a 0-dim tensor": (lambda d: vector("cpu") + scalar(d), FOUND),
    "in-place of a CPU tensor": (lambda d: matrix(d).add_(vector("cpu")), FOUND),
    "in-place on a CPU tensor": (lambda d: matrix("cpu").add_(matrix(d)), FOUND),
    "in-place on a CPU scalar": (lambda d: scalar("cpu").add_(scalar(d)), FOUND),
    "a wrong shape first": (
        lambda d: matrix(d) + index("cpu"),
        "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
    ),
    "out= on the CPU": (lambda d: torch.add(vector(d), 1, out=vector("cpu")), FOUND),
    "out= for CPU tensors": (
        lambda d: torch.add(vector("cpu"), vector("cpu"), out=vector(d)),
        FOUND,
    ),
    "compare": (lambda d: matrix(d) == matrix("cpu"), FOUND),
    "lerp": (lambda d: torch.lerp(matrix(d), matrix(d), matrix("cpu")), FOUND),
    "addcdiv of a CPU scalar": (
        lambda d: torch.addcdiv(matrix(d), vector(d), scalar("cpu")),
        FOUND,
    ),
    "addcmul of two CPU scalars": (
        lambda d: torch.addcmul(matrix(d), scalar("cpu"), scalar("cpu")),
        "Trying to pass too many CPU scalars to non-CPU kernel!",
    ),
    "clamp to a CPU scalar": (
        lambda d: matrix(d).clamp(min=scalar("cpu")),
        got("min", "cpu", "sim:0", "clamp"),
    ),
    "where": (lambda d: torch.where(mask(d), matrix(d), matrix("cpu")), FOUND),
    "where on a CPU mask": (lambda d: torch.where(mask("cpu"), matrix(d), matrix(d)), FOUND),
    "masked_fill of a CPU mask": (
        lambda d: matrix(d).masked_fill(mask("cpu"), 0.0),
        "expected self and mask to be on the same device, but got mask on cpu and self on sim:0",
    ),
    "masked_fill of a CPU tensor": (
        lambda d: matrix("cpu").masked_fill(mask("cpu"), scalar(d)),
        "masked_fill_: Expected inputs to be on same device",
    ),
    "masked_select": (
        lambda d: matrix(d).masked_select(mask("cpu")),
        got("mask", "cpu", "sim:0", "masked_select"),
    ),
    "matmul": (
        lambda d: matrix(d) @ square("cpu").new_ones(3, 2),
        got("mat2", "cpu", "sim:0", "mm"),
    ),
    "matmul of a CPU tensor": (
        lambda d: matrix("cpu") @ matrix(d).T,
        got("mat2", "sim:0", "cpu", "mm"),
    ),
    "bmm": (lambda d: torch.bmm(image(d)[0], image("cpu")[0]), got("mat2", "cpu", "sim:0", "bmm")),
    "einsum": (
        lambda d: torch.einsum("bij,bjk->bik", image(d)[0], image("cpu")[0]),
        got("mat2", "cpu", "sim:0", "bmm"),
    ),
    "a module left on the CPU": (
        lambda d: nn.Linear(3, 2)(matrix(d)),
        got("mat1", "sim:0", "cpu", "addmm"),
    ),
    "an input left on the CPU": (
        lambda d: nn.Linear(3, 2, device=d)(matrix("cpu")),
        got("mat1", "cpu", "sim:0", "addmm"),
    ),
    "conv2d with a weight on the CPU": (
        lambda d: F.conv2d(image(d), image("cpu")),
        "Input type (torch.sim.FloatTensor) and weight type (torch.FloatTensor) should be the same",
    ),
    "conv2d of a CPU tensor": (
        lambda d: F.conv2d(image("cpu"), image(d)),
        "Input type (torch.FloatTensor) and weight type (torch.sim.FloatTensor) should be the same "
        "or input should be a MKLDNN tensor and weight is a dense tensor",
    ),
    "conv2d with a bias on the CPU": (
        lambda d: F.conv2d(image(d), image(d), scalar("cpu")[None]),
        "Input type (torch.sim.FloatTensor) and bias type (torch.FloatTensor) should be the same",
    ),
    "layer_norm": (
        lambda d: F.layer_norm(matrix(d), [3], vector("cpu"), vector("cpu")),
        got("weight", "cpu", "sim:0", "native_layer_norm"),
    ),
    "cat": (
        lambda d: torch.cat([matrix(d), matrix("cpu")]),
        got("tensors", "cpu", "sim:0", "cat"),
    ),
    "stack": (
        lambda d: torch.stack([vector(d), vector("cpu")]),
        got("tensors", "cpu", "sim:0", "cat"),
    ),
    "gather": (
        lambda d: matrix(d).gather(1, index("cpu")[:, None]),
        got("index", "cpu", "sim:0", "gather"),
    ),
    "scatter": (
        lambda d: matrix(d).scatter(1, index("cpu")[:, None], 9.0),
        got("index", "cpu", "sim:0", "scatter"),
    ),
    "index_select": (
        lambda d: matrix(d).index_select(0, index("cpu")),
        got("index", "cpu", "sim:0", "index_select"),
    ),
    "index_add_": (
        lambda d: matrix(d).index_add_(0, index("cpu"), matrix(d)),
        got("index", "cpu", "sim:0", "index_add_"),
    ),
    "embedding of CPU indices": (
        lambda d: F.embedding(index("cpu"), matrix(d)),
        got("index", "cpu", "sim:0", "index_select"),
    ),
    "embedding in a CPU table": (
        lambda d: F.embedding(index(d), matrix("cpu")),
        got("index", "sim:0", "cpu", "index_select"),
    ),
    "cross_entropy": (
        lambda d: F.cross_entropy(matrix(d), index("cpu")),
        got("target", "cpu", "sim:0", "nll_loss_forward"),
    ),
    "mse_loss": (lambda d: F.mse_loss(matrix(d), matrix("cpu")), FOUND),
    "binary_cross_entropy": (
        lambda d: F.binary_cross_entropy(matrix(d).sigmoid(), matrix("cpu").sigmoid()),
        FOUND,
    ),
    "equal": (
        lambda d: torch.equal(matrix(d), matrix("cpu")),
        got("other", "cpu", "sim:0", "equal"),
    ),
    "foreach": (lambda d: torch._foreach_add([vector(d)], [vector("cpu")]), FOUND),
    "index a CPU tensor": (
        lambda d: matrix("cpu")[index(d)],
        "indices should be either on cpu or on the same device as the indexed tensor (cpu)",
    ),
    "assign a CPU tensor at indices": (
        lambda d: assigned(matrix(d), index(d), matrix("cpu")),
        FOUND,
    ),
    "assign to a CPU tensor at indices": (
        lambda d: assigned(matrix("cpu"), index("cpu"), matrix(d)),
        FOUND,
    ),
    "accumulate a CPU tensor at indices": (
        lambda d: matrix(d).index_put_((index(d),), matrix("cpu"), accumulate=True),
        "expected device sim:0 but got device cpu for value tensor",
    ),
    "set_ to a CPU storage": (
        lambda d: vector(d).set_(vector("cpu").untyped_storage()),
        'Attempted to set the storage of a tensor on device "sim:0" to a storage on different '
        'device "cpu".  This is no longer allowed; the devices must match.',
    ),
    "pin_memory": (
        lambda d: vector(d).pin_memory(),
        "cannot pin 'torch.sim.FloatTensor' only dense CPU tensors can be pinned",
    ),
    "lengths on the device": (
        lambda d: nn.utils.rnn.pack_padded_sequence(image(d)[0], index(d)),
        "'lengths' argument should be a 1D CPU int64 tensor, but got 1D sim:0 Long tensor",
    ),
}

CALLS: dict[str, Call] = {
    **{f"accepted: {name}": call for name, call in ACCEPTED.items()},
    **{f"refused: {name}": call for name, (call, _) in REFUSED.items()},
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_computes_what_the_cpu_does(name: str) -> None:
    actual, expected = ACCEPTED[name]("sim"), ACCEPTED[name]("cpu")
    tensors = [leaf for leaf in tree_leaves(actual) if isinstance(leaf, Tensor)]
    assert all(type(each) is Tensor and each.device == torch.device("sim:0") for each in tensors)
    assert_same(on_cpu(actual), on_cpu(expected))


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_in_the_words_of_cuda(name: str) -> None:
    call, words = REFUSED[name]
    with pytest.raises(RuntimeError, match=f"^{re.escape(words)}"):
        call("sim")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no CUDA device to compare to")
@pytest.mark.parametrize("name", CALLS)
def test_does_as_cuda_does(name: str) -> None:
    kind, outcome = observe(CALLS[name], "sim")
    cuda_kind, cuda_outcome = observe(CALLS[name], "cuda")
    assert kind == cuda_kind
    assert_same(outcome, cuda_outcome)


def observe(call: Call, device: str) -> tuple[str, Any]:
    """How a call ends: its value, or the type and the words of what it raises."""
    try:
        return "value", on_cpu(call(device))
    except Exception as error:
        words = str(error).replace("cuda", "sim")
        return type(error).__name__, re.split(r"!|\(when checking", words)[0]


def assert_same(actual: Any, expected: Any) -> None:
    actual, expected = tree_leaves(actual), tree_leaves(expected)
    assert len(actual) == len(expected)
    for one, other in zip(actual, expected, strict=True):
        if isinstance(other, Tensor):
            torch.testing.assert_close(one, other)
        else:
            assert one == other


def on_cpu(value: Any) -> Any:
    return tree_map(lambda leaf: leaf.cpu() if isinstance(leaf, Tensor) else leaf, value)


# Registering


@pytest.mark.slow
def test_registers_when_asked_and_only_once() -> None:
    program = """
import torch
from torchkata.devices import sim

assert sim.missing() is None
assert not hasattr(torch, "sim") and not torch.accelerator.is_available()
sim.register()
sim.register()
assert sim.missing() is None
assert str(torch.zeros(2, device="sim").sim().device) == "sim:0"
"""
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, cwd=root)


def test_is_the_accelerator() -> None:
    assert torch.accelerator.is_available()
    assert torch.accelerator.current_accelerator() == torch.device("sim")
    assert torch.get_device_module("sim") is torch.sim
    assert torch.sim.is_available()
    assert torch.sim.device_count() == 1
    assert torch.sim.current_device() == 0
    torch.sim.synchronize()
    torch.accelerator.synchronize()
    with torch.sim.device(0):
        assert torch.ones(2).sim().is_sim
    assert not torch.ones(2).is_sim
    with pytest.raises(RuntimeError, match="invalid device ordinal"):
        torch.ones(2, device="sim:1")


def test_is_the_default_device_when_set() -> None:
    with torch.device("sim"):
        assert nn.Linear(2, 2).weight.is_sim
        assert torch.tensor([1.0]).is_sim
    torch.set_default_device("sim")
    try:
        assert torch.randperm(3).is_sim
    finally:
        torch.set_default_device(None)


# Reading


@pytest.mark.parametrize("read", [Tensor.numpy, np.asarray, Tensor.__array__])
def test_is_not_read_by_numpy(read: Callable[[Tensor], Any]) -> None:
    words = (
        "can't convert sim:0 device type tensor to numpy. "
        "Use Tensor.cpu() to copy the tensor to host memory first."
    )
    with pytest.raises(TypeError, match=f"^{re.escape(words)}$"):
        read(vector("sim"))


def test_prints() -> None:
    assert repr(vector("sim")) == "tensor([1., 2., 3.], device='sim:0')"
    assert vector("sim").type() == "torch.sim.FloatTensor"


# Storages and views


MADE_AFTER: dict[str, Callable[..., Tensor]] = {
    "zeros_like": torch.zeros_like,
    "ones_like": torch.ones_like,
    "full_like": lambda x, **asked: torch.full_like(x, 7, **asked),
    "new_zeros": lambda x, **asked: x.new_zeros((3, 2), **asked),
    "new_ones": lambda x, **asked: x.new_ones((3, 2), **asked),
    "new_full": lambda x, **asked: x.new_full((3, 2), 7, **asked),
    "to": lambda x, **asked: x.to(copy=True, **asked),
}


@pytest.mark.parametrize("name", MADE_AFTER)
def test_what_is_made_after_a_tensor_lies_where_it_is_asked_for(name: str) -> None:
    make = MADE_AFTER[name]
    model, host = matrix("sim").mT, matrix("cpu").mT
    for device in ("sim", "cpu", "meta"):
        made, wanted = make(model, device=device), make(host, device="cpu")
        assert made.device.type == device
        assert (made.shape, made.stride(), made.dtype) == (
            wanted.shape,
            wanted.stride(),
            wanted.dtype,
        )
        assert device == "meta" or torch.equal(made.cpu(), wanted)
    assert make(model, dtype=torch.int16).dtype == torch.int16
    with pytest.raises(RuntimeError, match="invalid device ordinal"):
        make(model, device="sim:1")


def test_views_share_a_storage_and_copies_do_not() -> None:
    base = matrix("sim")
    view = base.T[1:]
    storage = base.untyped_storage()
    assert storage.device == torch.device("sim:0")
    assert view.untyped_storage().data_ptr() == storage.data_ptr() == base.data_ptr()
    assert (view.storage_offset(), view.stride()) == (1, (1, 3))
    assert view.data_ptr() == base.data_ptr() + view.itemsize
    assert base.is_set_to(base.view(2, 3))
    for copied in (base.clone(), base + 0, base.cpu().sim(), copy.deepcopy(base)):
        assert copied.untyped_storage().data_ptr() != storage.data_ptr()


def test_a_view_keeps_its_memory() -> None:
    view = torch.arange(1000.0, device="sim")[5:7]
    torch.full((1000,), 9.0, device="sim")
    assert view.tolist() == [5, 6]


def test_writing_through_a_view_reaches_the_base_and_its_gradient() -> None:
    leaf = torch.ones(3, device="sim", requires_grad=True)
    base = leaf * 1
    view = base[:2]
    assert view._base is base
    version = base._version
    view.mul_(3)
    assert base._version == view._version == version + 1
    base.sum().backward()
    assert base.tolist() == [3, 3, 1]
    assert leaf.grad is not None
    assert leaf.grad.tolist() == [3, 3, 1]


def test_autograd_notices_that_a_saved_tensor_was_changed() -> None:
    leaf = torch.ones(3, device="sim", requires_grad=True)
    base = leaf * 1
    loss = (base * base).sum()
    base.detach().add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()


def test_changes_shape_in_place() -> None:
    tensor = matrix("sim")
    pointer = tensor.data_ptr()
    assert tensor.t_().unsqueeze_(0).transpose_(0, 1).squeeze_(1).stride() == (1, 3)
    assert tensor.data_ptr() == pointer
    tensor.resize_(2, 2)
    assert tensor.data_ptr() == pointer
    assert tensor.tolist() == [[1, -2], [3, 0.5]]
    tensor.resize_(3, 3)
    assert tensor.flatten()[:6].tolist() == [1, -2, 3, 0.5, 4, -1]
    tensor[:] = 1
    assert tensor.sum().item() == 9


def test_set_takes_over_a_storage() -> None:
    base, other = matrix("sim"), torch.empty(0, device="sim")
    other.set_(base.untyped_storage(), 1, (2,), (3,))
    other.fill_(8)
    assert base.tolist() == [[1, 8, 3], [0.5, 8, -1]]
    with pytest.raises(RuntimeError, match="Trying to resize storage that is not resizable"):
        other.set_(base.untyped_storage(), 50, (10,), (1,))
    assert other.tolist() == [8, 8]
    assert other.set_().shape == (0,)


@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3), (7,)])
@pytest.mark.filterwarnings("ignore:An output with one or more elements was resized")
def test_out_is_resized(shape: tuple[int, ...]) -> None:
    out = torch.zeros(shape, device="sim")
    storage = out.untyped_storage()
    assert torch.add(vector("sim"), 1, out=out) is out
    assert out.tolist() == [2, 3, 4]
    assert (out.data_ptr() == storage.data_ptr()) == (shape != (0,))
    assert torch.cat([matrix("sim")] * 4, out=out) is out
    assert out.shape == (8, 3)
    out[:] = 5
    assert out.sum().item() == 120
    values, indices = torch.empty(0, device="sim"), torch.empty(0, device="sim", dtype=torch.long)
    torch.max(matrix("sim"), 1, out=(values, indices))
    assert (values.tolist(), indices.tolist()) == ([3, 4], [2, 1])


def test_out_keeps_the_checks_of_overlap() -> None:
    tensor = torch.ones(4, device="sim")
    with pytest.raises(RuntimeError, match="refer to a single memory location"):
        torch.add(tensor[1:], 1, out=tensor[:-1])


def test_data_is_read_and_written() -> None:
    tensor = vector("sim").requires_grad_()
    tensor.data.add_(1)
    assert tensor.tolist() == [2, 3, 4]
    tensor.data = matrix("sim")
    assert tensor.shape == (2, 3)
    assert tensor.requires_grad


@pytest.mark.parametrize(("start", "end"), [("cpu", "sim"), ("sim", "cpu")])
def test_data_is_taken_from_another_device(start: str, end: str) -> None:
    param = torch.nn.Parameter(vector(start))
    (param * 2).sum().backward()
    calls: list[Tensor] = []
    param.register_hook(calls.append)
    gradient, value = param.grad, vector(end)
    param.data = value
    assert param.device.type == value.device.type == end
    assert param.requires_grad
    assert param.grad is gradient
    (param * 3).sum().backward()
    assert gradient is not None
    assert gradient.tolist() == [5, 5, 5]
    assert len(calls) == 1
    value.fill_(7)
    assert param.tolist() == [7, 7, 7]


def test_data_of_a_result_stays_on_its_device() -> None:
    result = vector("cpu").requires_grad_() * 2
    with pytest.raises(RuntimeError, match="incompatible tensor type"):
        result.data = vector("sim")
    with pytest.raises(TypeError, match="data"):
        result.data = 1  # type: ignore[assignment]  # refused, as it must be


@pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor")
def test_storages_do_not_end_the_process() -> None:
    storage = vector("sim").untyped_storage()
    assert torch.UntypedStorage(4, device="sim").fill_(7).tolist() == [7] * 4
    assert torch.UntypedStorage([1, 2], device="sim").tolist() == [1, 2]
    assert storage.new().nbytes() == 0
    assert storage.clone().device == storage.device
    assert storage.copy_(torch.zeros(3).untyped_storage()).cpu().tolist() == [0] * 12
    assert copy.deepcopy(storage).data_ptr() != storage.data_ptr()
    assert storage[3] == 0
    assert torch.ones(1).untyped_storage().sim().device == storage.device
    with pytest.raises(RuntimeError):
        storage.resize_(100)
    with pytest.raises(RuntimeError, match="out of bounds"):
        vector("sim").as_strided((100,), (1,))
    for convert in (Tensor.to_sparse, Tensor.to_mkldnn):
        with pytest.raises(NotImplementedError, match="dense"):
            convert(vector("sim"))
    with pytest.raises(NotImplementedError, match="quantized"):
        torch.quantize_per_tensor(vector("sim"), 1.0, 0, torch.qint8)
    with pytest.raises(RuntimeError, match="device meta is not on the expected device sim:0"):
        vector("sim") + torch.ones(3, device="meta")


# Autograd and functional transforms


def test_second_derivatives_and_hooks() -> None:
    seen: list[Tensor] = []
    x = vector("sim").requires_grad_()
    y = x**3
    y.register_hook(seen.append)
    (grad,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    grad.sum().backward(retain_graph=True)
    grad.sum().backward()
    assert x.grad is not None
    assert x.grad.is_sim
    assert x.grad.tolist() == [12, 24, 36]
    assert [each.is_sim for each in seen] == [True]


def test_custom_function_checkpoint_and_saved_tensor_hooks() -> None:
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx: Any, grad: Tensor) -> Tensor:
            return 2 * ctx.saved_tensors[0] * grad

    x = vector("sim").requires_grad_()
    with torch.autograd.graph.save_on_cpu():
        y = checkpoint(lambda x: Square.apply(x).sin(), x, use_reentrant=False).sum()
    y.backward()
    torch.testing.assert_close(x.grad, 2 * x * (x * x).cos())


def test_gradcheck() -> None:
    x = vector("sim").double().requires_grad_()
    w = matrix("sim").double().requires_grad_()
    assert torch.autograd.gradcheck(lambda x, w: F.linear(x, w).tanh(), (x, w))
    assert torch.autograd.gradgradcheck(torch.sin, x)


def test_backward_runs_in_a_thread_of_the_device() -> None:
    threads = []
    x = vector("sim").requires_grad_()
    y = x.exp()
    y.register_hook(lambda grad: threads.append(threading.get_ident()))
    y.sum().backward()
    assert threads != [threading.get_ident()]


def raises(*_: Any) -> Any:
    raise KeyError("from a hook")


def fail_in_function(x: Tensor) -> Tensor:
    class Broken(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:
            return x.clone()

        @staticmethod
        def backward(ctx: Any, grad: Tensor) -> Any:
            return raises()

    return Broken.apply(x)


def fail_in_hook(x: Tensor) -> Tensor:
    y = x * 2
    y.register_hook(raises)
    return y


def fail_in_node_hook(x: Tensor) -> Tensor:
    y = x * 2
    y.grad_fn.register_prehook(raises)
    return y


def fail_in_accumulation(x: Tensor) -> Tensor:
    x.register_post_accumulate_grad_hook(raises)
    return x * 2


def fail_in_unpacking(x: Tensor) -> Tensor:
    with torch.autograd.graph.saved_tensors_hooks(lambda x: x, raises):
        return x.sin()


@pytest.mark.parametrize(
    "fail",
    [fail_in_function, fail_in_hook, fail_in_node_hook, fail_in_accumulation, fail_in_unpacking],
)
@pytest.mark.parametrize("threads", [True, False])
def test_an_error_in_backward_keeps_its_type_and_words(
    fail: Callable[[Tensor], Tensor], threads: bool
) -> None:
    loss = fail(vector("sim").requires_grad_()).sum()
    with (
        torch.autograd.set_multithreading_enabled(threads),
        pytest.raises(KeyError, match="from a hook"),
    ):
        loss.backward()


def test_a_refusal_in_backward_keeps_its_words() -> None:
    x = vector("sim").requires_grad_()
    y = x.exp() * 1
    y.register_hook(lambda grad: grad.gather(0, torch.tensor([0])))
    with pytest.raises(RuntimeError, match=r"but got index is on cpu, different from other tens"):
        y.sum().backward()
    with torch.autograd.graph.saved_tensors_hooks(lambda x: x, lambda x: x[:2]):
        y = x.exp()
    with pytest.raises(RuntimeError, match=r"The size of tensor a \(3\) must match the size of"):
        y.sum().backward()


TRANSFORMS: dict[str, Call] = {
    "grad": lambda d: torch.func.grad(lambda x: x.sin().sum())(vector(d)),
    "vjp": lambda d: torch.func.vjp(torch.sin, vector(d))[1](vector(d)),
    "jvp": lambda d: torch.func.jvp(lambda x: x.sin() * 2, (vector(d),), (vector(d),)),
    "jvp of a constant": lambda d: torch.func.jvp(
        lambda x, y: torch.stack([x * y, y]), (vector(d), vector(d)), (vector(d), vector(d) * 0)
    ),
    "jacrev": lambda d: torch.func.jacrev(torch.sin)(vector(d)),
    "jacfwd": lambda d: torch.func.jacfwd(lambda x: x.outer(x))(vector(d)),
    "hessian": lambda d: torch.func.hessian(lambda x: (x**3).sum())(vector(d)),
    "vmap": lambda d: torch.vmap(torch.dot)(matrix(d), matrix(d)),
    "vmap of grad": lambda d: torch.vmap(torch.func.grad(lambda x: x.prod()))(matrix(d)),
}


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")
def test_transforms_as_on_the_cpu(name: str) -> None:
    actual = TRANSFORMS[name]("sim")
    assert all(leaf.is_sim for leaf in tree_leaves(actual))
    assert_same(on_cpu(actual), TRANSFORMS[name]("cpu"))


def test_inference_mode() -> None:
    ordinary = vector("sim")
    with torch.inference_mode():
        tensor = ordinary * 2
        tensor.add_(1)
        ordinary.add_(1)
        assert tensor.is_inference()
    assert (tensor + ordinary).tolist() == [5, 8, 11]
    with pytest.raises(RuntimeError, match="Inplace update to inference tensor"):
        tensor.add_(1)


# Modules and optimizers

MODULES: dict[str, tuple[Callable[[], nn.Module], Callable[[], tuple[Tensor, ...]]]] = {
    "Linear": (lambda: nn.Linear(4, 2), lambda: (torch.randn(3, 4),)),
    "Conv1d": (lambda: nn.Conv1d(2, 4, 3, groups=2), lambda: (torch.randn(2, 2, 5),)),
    "Conv2d": (lambda: nn.Conv2d(2, 3, 3, 2, 1), lambda: (torch.randn(2, 2, 5, 5),)),
    "ConvTranspose2d": (
        lambda: nn.ConvTranspose2d(2, 4, 3, groups=2),
        lambda: (torch.randn(2, 2, 3, 3),),
    ),
    "BatchNorm2d": (lambda: nn.BatchNorm2d(2), lambda: (torch.randn(3, 2, 4, 4),)),
    "LayerNorm": (lambda: nn.LayerNorm(4), lambda: (torch.randn(3, 4),)),
    "GroupNorm": (lambda: nn.GroupNorm(2, 4), lambda: (torch.randn(3, 4, 2),)),
    "Dropout in eval": (lambda: nn.Dropout().eval(), lambda: (torch.randn(3, 4),)),
    "RNN": (lambda: nn.RNN(3, 4, 2), lambda: (torch.randn(5, 2, 3),)),
    "LSTM": (lambda: nn.LSTM(3, 4, 2, bidirectional=True), lambda: (torch.randn(5, 2, 3),)),
    "LSTM without bias": (lambda: nn.LSTM(3, 4, bias=False), lambda: (torch.randn(5, 2, 3),)),
    "LSTM with a projection": (lambda: nn.LSTM(3, 4, proj_size=2), lambda: (torch.randn(5, 2, 3),)),
    "LSTMCell": (lambda: nn.LSTMCell(3, 4), lambda: (torch.randn(2, 3),)),
    "GRU": (lambda: nn.GRU(3, 4, 2, batch_first=True), lambda: (torch.randn(2, 5, 3),)),
    "GRU without bias": (lambda: nn.GRU(3, 4, bias=False), lambda: (torch.randn(5, 2, 3),)),
    "GRUCell": (lambda: nn.GRUCell(3, 4), lambda: (torch.randn(2, 3),)),
    "MultiheadAttention": (
        lambda: nn.MultiheadAttention(4, 2, batch_first=True),
        lambda: tuple(torch.randn(3, 2, 5, 4)),
    ),
    "TransformerEncoderLayer": (
        lambda: nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, batch_first=True),
        lambda: (torch.randn(2, 5, 4),),
    ),
}


def outputs_and_gradients(module: nn.Module, inputs: tuple[Tensor, ...]) -> list[Tensor]:
    leaves = [each.requires_grad_() for each in inputs]
    outputs = [each for each in tree_leaves(module(*leaves)) if isinstance(each, Tensor)]
    loss = sum((each.sin().sum() for each in outputs), torch.zeros((), device=leaves[0].device))
    grads = torch.autograd.grad(loss, [*leaves, *module.parameters()])
    return [*outputs, *grads, *module.buffers()]


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN")
def test_module_as_on_the_cpu(name: str) -> None:
    torch.manual_seed(0)
    make, make_inputs = MODULES[name]
    module, inputs = make(), make_inputs()
    moved = copy.deepcopy(module).to("sim")
    actual = outputs_and_gradients(moved, tuple(each.sim() for each in inputs))
    assert all(each.is_sim for each in actual)
    assert_same(on_cpu(actual), outputs_and_gradients(module, inputs))


def test_second_derivative_of_an_lstm() -> None:
    torch.manual_seed(0)
    module = nn.LSTM(2, 2).double().to("sim")
    inputs = torch.randn(2, 1, 2, dtype=torch.double, device="sim", requires_grad=True)
    assert torch.autograd.gradgradcheck(lambda x: module(x)[0], inputs)


def test_attention_and_dropout() -> None:
    query = image("sim")
    torch.testing.assert_close(
        F.scaled_dot_product_attention(query, query, query, is_causal=True).cpu(),
        F.scaled_dot_product_attention(*[image("cpu")] * 3, is_causal=True),
    )
    dropped = F.dropout(torch.ones(1000, device="sim"))
    assert 300 < (dropped == 2).sum() < 700
    assert ((dropped == 0) | (dropped == 2)).all()


OPTIMIZERS: dict[str, Callable[[Any], torch.optim.Optimizer]] = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1),
    "SGD fused": lambda p: torch.optim.SGD(p, lr=0.1, fused=True),
    "SGD one by one": lambda p: torch.optim.SGD(p, lr=0.1, foreach=False),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.1, amsgrad=True),
    "Adam fused": lambda p: torch.optim.Adam(p, lr=0.1, fused=True),
    "Adam one by one": lambda p: torch.optim.Adam(p, lr=0.1, foreach=False),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.1),
    "Adagrad": lambda p: torch.optim.Adagrad(p),
    "Adadelta": lambda p: torch.optim.Adadelta(p),
    "Adamax": lambda p: torch.optim.Adamax(p),
    "NAdam": lambda p: torch.optim.NAdam(p),
    "RAdam": lambda p: torch.optim.RAdam(p, lr=0.1),
    "RMSprop": lambda p: torch.optim.RMSprop(p, momentum=0.9, centered=True),
    "Rprop": lambda p: torch.optim.Rprop(p),
    "ASGD": lambda p: torch.optim.ASGD(p),
    "LBFGS": lambda p: torch.optim.LBFGS(p, max_iter=2),
    "Adafactor": lambda p: torch.optim.Adafactor(p),
}


def trained(device: str, make: Callable[[Any], torch.optim.Optimizer]) -> list[Tensor]:
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer = make(module.parameters())
    module.to(device)
    # Some optimizers have their state from the start; loading moves it.
    optimizer.load_state_dict(optimizer.state_dict())

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = module(matrix(device)).square().mean()
        loss.backward()
        nn.utils.clip_grad_norm_(module.parameters(), 0.5)
        return loss

    for _ in range(3):
        optimizer.step(closure)
    return list(module.parameters())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer_made_before_the_move_trains_as_on_the_cpu(name: str) -> None:
    actual = trained("sim", OPTIMIZERS[name])
    assert all(each.is_sim for each in actual)
    assert_same(on_cpu(actual), trained("cpu", OPTIMIZERS[name]))


def test_a_moved_module_keeps_its_parameters() -> None:
    module = nn.Sequential(nn.Linear(3, 2), nn.LSTM(2, 2))
    module[0](matrix("cpu")).sum().backward()
    weight = module[0].weight
    weight.tag = "kept"
    seen: list[torch.device] = []
    weight.register_hook(lambda grad: seen.append(grad.device))
    weight.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf.device))
    before, values = list(module.parameters()), weight.tolist()
    tied = nn.ModuleList([module, module[0]])
    tied.to("sim")
    for parameter, old in zip(module.parameters(), before, strict=True):
        assert parameter is old
        assert isinstance(parameter, nn.Parameter)
        assert parameter.is_sim
        assert parameter.is_leaf
    assert weight.grad is not None
    assert weight.grad.is_sim
    assert (weight.tag, weight.tolist()) == ("kept", values)
    module[0](matrix("sim")).sum().backward()
    assert seen == [torch.device("sim:0")] * 2
    module.double().cpu()
    assert module[0].weight is weight
    assert weight.grad.device.type == weight.device.type == "cpu"
    assert weight.dtype == torch.double


def test_a_parameter_that_a_live_graph_holds_can_move() -> None:
    module = nn.Linear(3, 2)
    weight, output = module.weight, module(matrix("cpu"))
    module.to("sim")
    assert module.weight is weight
    output.sum().backward()
    module(matrix("sim")).sum().backward()
    assert weight.grad is not None
    assert weight.grad.is_sim


# Copying, saving, loading data


def test_modules_are_copied_saved_and_loaded() -> None:
    module = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).to("sim")
    copied = copy.deepcopy(module)
    assert copied[0].weight.is_sim
    assert copied[0].weight.data_ptr() != module[0].weight.data_ptr()
    file = io.BytesIO()
    torch.save(module.state_dict(), file)
    for location, device in ((None, "sim"), ("cpu", "cpu"), ("sim", "sim"), ("sim:0", "sim")):
        file.seek(0)
        state = torch.load(file, map_location=location)
        assert {each.device.type for each in state.values()} == {device}
        fresh = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).to("sim")
        assert str(fresh.load_state_dict(state)) == "<All keys matched successfully>"
        assert fresh[0].weight.is_sim
        assert torch.equal(fresh[0].weight, module[0].weight)


def test_tensors_and_parameters_are_pickled_and_copied() -> None:
    base = matrix("sim")
    for again in (pickle.loads(pickle.dumps(base[1])), copy.copy(base[1])):
        assert again.is_sim
        assert again.tolist() == base[1].tolist()
    base_again, view_again = copy.deepcopy([base, base[1]])
    assert view_again.untyped_storage().data_ptr() == base_again.untyped_storage().data_ptr()
    parameter = copy.deepcopy(nn.Parameter(base))
    assert isinstance(parameter, nn.Parameter)
    assert parameter.is_sim


@pytest.mark.parametrize("pin", [False, True])
def test_data_loader(pin: bool) -> None:
    data = TensorDataset(torch.arange(6.0).reshape(3, 2), torch.arange(3))
    batches = list(DataLoader(data, batch_size=2, pin_memory=pin))
    assert [x.is_pinned() for x, _ in batches] == [pin, pin]
    assert [x.to("sim", non_blocking=True).shape for x, _ in batches] == [(2, 2), (1, 2)]
    on_sim = TensorDataset(*(each.sim() for each in data.tensors))
    assert all(x.is_sim for batch in DataLoader(on_sim, batch_size=2) for x in batch)


def test_a_copy_to_the_cpu_that_need_not_block_is_pinned() -> None:
    tensor = vector("sim").requires_grad_()
    for copied in (
        tensor.to("cpu", non_blocking=True),
        tensor.to(torch.ones(1, dtype=torch.double), non_blocking=True),
    ):
        assert copied.tolist() == [1, 2, 3]
        assert copied.is_pinned()
        assert copied.requires_grad
    assert not tensor.to("cpu").is_pinned()
    assert tensor.to("sim", torch.double, non_blocking=True).is_sim


OTHER_LAYOUTS: dict[str, Callable[[], Any]] = {
    "a sparse tensor moved": lambda: torch.eye(2).to_sparse().to("sim"),
    "a CSR tensor moved": lambda: torch.eye(2).to_sparse_csr().to("sim") @ square("sim"),
    "a sparse tensor made": lambda: torch.sparse_coo_tensor([[0]], [1.0], (2,), device="sim"),
    "a sparse gradient": lambda: (
        F.embedding(index("sim"), matrix("sim").requires_grad_(), sparse=True).sum().backward()
    ),
}


@pytest.mark.parametrize("name", OTHER_LAYOUTS)
@pytest.mark.filterwarnings("ignore:Sparse")
def test_refuses_other_layouts_in_one_sentence(name: str) -> None:
    with pytest.raises(NotImplementedError, match=r"^sim has dense tensors only$"):
        OTHER_LAYOUTS[name]()


def test_pinned_memory_is_a_copy() -> None:
    tensor = torch.ones(2)
    pinned = tensor.pin_memory()
    assert pinned.is_pinned()
    assert pinned.device.type == "cpu"
    assert pinned.data_ptr() != tensor.data_ptr()
    assert not tensor.is_pinned()
    assert pinned[1:].pin_memory().data_ptr() == pinned[1:].data_ptr()


# Random numbers

DRAWS: dict[str, Call] = {
    "rand": lambda d: torch.rand(3, device=d),
    "randn": lambda d: torch.randn(3, device=d),
    "randint": lambda d: torch.randint(9, (3,), device=d),
    "randperm": lambda d: torch.randperm(9, device=d),
    "multinomial": lambda d: torch.multinomial(vector(d), 5, replacement=True),
    "bernoulli": lambda d: torch.bernoulli(torch.full((9,), 0.5, device=d)),
    "normal_": lambda d: vector(d).normal_(),
    "rand_like": lambda d: torch.rand_like(matrix(d)),
    "init": lambda d: nn.init.kaiming_uniform_(matrix(d)),
}


@pytest.mark.parametrize("name", DRAWS)
def test_draws_are_repeatable(name: str) -> None:
    torch.manual_seed(3)
    first = DRAWS[name]("sim")
    state = torch.sim.get_rng_state()
    second = DRAWS[name]("sim")
    torch.sim.manual_seed_all(3)
    assert torch.equal(DRAWS[name]("sim"), first)
    torch.sim.set_rng_state(state)
    assert torch.equal(DRAWS[name]("sim"), second)


# What takes a generator, as functions of the device and the generator.
DRAWN: dict[str, Callable[[str, torch.Generator], Tensor]] = {
    "rand": lambda d, g: torch.rand(3, device=d, generator=g),
    "randn": lambda d, g: torch.randn(3, device=d, generator=g),
    "randint": lambda d, g: torch.randint(99, (3,), device=d, generator=g),
    "randperm": lambda d, g: torch.randperm(20, device=d, generator=g),
    "rand out=": lambda d, g: torch.rand(3, out=vector(d), generator=g),
    "randperm out=": lambda d, g: torch.randperm(20, out=index(d), generator=g),
    "rand_like": lambda d, g: torch.rand_like(vector(d), generator=g),
    "multinomial": lambda d, g: torch.multinomial(vector(d), 9, replacement=True, generator=g),
    "multinomial, one each": lambda d, g: torch.multinomial(vector(d), 3, generator=g),
    "bernoulli": lambda d, g: torch.bernoulli(torch.full((30,), 0.5, device=d), generator=g),
    "bernoulli of p": lambda d, g: torch.bernoulli(torch.ones(30, device=d), 0.5, generator=g),
    "bernoulli_": lambda d, g: torch.ones(30, device=d).bernoulli_(0.5, generator=g),
    "bernoulli_ of a tensor": lambda d, g: torch.ones(30, device=d).bernoulli_(
        torch.full((30,), 0.5, device=d), generator=g
    ),
    "normal of a mean": lambda d, g: torch.normal(vector(d), 1.0, generator=g),
    "normal of a std": lambda d, g: torch.normal(0.0, vector(d), generator=g),
    "normal of both": lambda d, g: torch.normal(vector(d), vector(d), generator=g),
    "normal of a size": lambda d, g: torch.normal(0.0, 1.0, (3,), device=d, generator=g),
    "normal_": lambda d, g: vector(d).normal_(generator=g),
    "uniform_": lambda d, g: vector(d).uniform_(generator=g),
    "random_": lambda d, g: vector(d).random_(generator=g),
    "random_ between": lambda d, g: vector(d).random_(2, 99, generator=g),
    "cauchy_": lambda d, g: vector(d).cauchy_(generator=g),
    "exponential_": lambda d, g: vector(d).exponential_(generator=g),
    "geometric_": lambda d, g: torch.ones(30, device=d).geometric_(0.1, generator=g),
    "log_normal_": lambda d, g: vector(d).log_normal_(generator=g),
    "poisson": lambda d, g: torch.poisson(vector(d) * 100, g),
    "binomial": lambda d, g: torch.binomial(vector(d) * 100, vector(d) / 4, g),
    "a gamma": lambda d, g: torch._standard_gamma(vector(d), g),
    "a Dirichlet": lambda d, g: torch._sample_dirichlet(vector(d), g),
    "rrelu": lambda d, g: torch._C._nn.rrelu_with_noise(
        -vector(d), torch.zeros(3, device=d), 0.1, 0.3, True, g
    ),
    "rrelu in place": lambda d, g: torch._C._nn.rrelu_with_noise_(
        -vector(d), torch.zeros(3, device=d), 0.1, 0.3, True, g
    ),
    "an initializer": lambda d, g: nn.init.trunc_normal_(vector(d), generator=g),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_generator_draws_on_its_device_alone(name: str) -> None:
    draw, words = DRAWN[name], "Expected a '{}' device type for generator but found '{}'"
    for device, other in (("cpu", "sim"), ("sim", "cpu")):
        with pytest.raises(RuntimeError, match=f"^{re.escape(words.format(device, other))}$"):
            draw(device, generator(other))
    one = generator("sim")
    first = draw("sim", one)
    assert first.is_sim
    assert not torch.equal(draw("sim", one), first)
    assert torch.equal(draw("sim", generator("sim")), first)
    assert torch.equal(first.cpu(), draw("cpu", generator("cpu")))


def test_every_operator_that_draws_is_tried() -> None:
    """Where torch gets one more, it is to be added above."""
    tried = set()

    class Watching(TorchDispatchMode):
        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            tried.add(func.overloadpacket)
            return func(*args, **(kwargs or {}))

    with Watching():
        for draw in DRAWN.values():
            draw("cpu", generator("cpu"))
    missing = [
        name
        for name in torch._C._dispatch_get_all_op_names()
        if name.startswith("aten::")
        and torch._C._dispatch_has_kernel_for_dispatch_key(name, "CPU")
        and any("Generator" in str(each.type) for each in overload(name)._schema.arguments)
        and not {overload(name).overloadpacket} & tried
    ]
    assert missing == []


def overload(qualified: str) -> Any:
    packet, _, name = qualified.removeprefix("aten::").partition(".")
    return getattr(getattr(torch.ops.aten, packet), name or "default")


def test_generators() -> None:
    one, other = generator("sim"), generator("sim")
    assert isinstance(one, torch.Generator)
    assert one.device == torch.device("sim:0")
    first = torch.randn(3, device="sim", generator=one)
    assert torch.equal(first, torch.randn(3, device="sim", generator=other))
    resumed = (pickle.loads(pickle.dumps(one)), copy.deepcopy(one), one.clone_state())
    assert {each.initial_seed() for each in resumed} == {0}
    second = torch.randperm(20, device="sim", generator=one)
    for each in resumed:
        assert torch.equal(second, torch.randperm(20, device="sim", generator=each))
    assert one.seed() == one.initial_seed() != 0
    ordinary = torch.Generator()
    assert isinstance(ordinary, torch.Generator)
    assert ordinary.device.type == "cpu"
    assert not isinstance(3, torch.Generator)
    assert type(torch.default_generator) is type(ordinary)


# Modes


class Dispatched(TorchDispatchMode):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.names.append(str(func))
        return func(*args, **(kwargs or {}))


class Called(TorchFunctionMode):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.names.append(getattr(func, "__name__", str(func)))
        return func(*args, **(kwargs or {}))


def train_step(x: Tensor, target: Tensor) -> None:
    weight = torch.ones_like(x).mT.matmul(x).requires_grad_()
    loss = F.cross_entropy(F.layer_norm(F.relu(F.linear(x, weight)), [3]), target)
    torch.autograd.backward(loss)
    with torch.no_grad():
        weight -= 0.1 * weight.grad


WATCHED: dict[str, Call] = {
    "a training step": lambda d: train_step(matrix(d), index(d)),
    "convolution": lambda d: F.batch_norm(
        F.conv2d(image(d), image(d), padding=1), None, None, training=True
    ),
    "indexing": lambda d: assigned(matrix(d), matrix(d) > 0, scalar("cpu"))[index(d)],
    "softmax": lambda d: matrix(d).softmax(-1).log().sum().item(),
    "views": lambda d: matrix(d).T.reshape(-1).view(2, 3)[0].clone().add_(1),
    "making and moving": lambda d: torch.zeros(2, device=d).to("cpu", torch.double),
    "einsum": lambda d: torch.einsum("ij,kj->ik", matrix(d), matrix(d)),
}


@pytest.mark.parametrize("name", WATCHED)
@pytest.mark.parametrize("mode", [Dispatched, Called])
def test_modes_see_what_they_see_on_the_cpu(
    name: str, mode: type[Dispatched] | type[Called]
) -> None:
    seen = []
    for device in ("cpu", "sim"):
        with mode() as watching:
            WATCHED[name](device)
        seen.append(watching.names)
    if name == "making and moving":
        # On the CPU only the dtype changes.
        assert len(seen[1]) - len(seen[0]) in (0, 1)
    else:
        assert seen[0] == seen[1]


def test_subclasses_with_a_torch_function_of_their_own() -> None:
    calls = []

    class Watched(Tensor):
        @classmethod
        def __torch_function__(
            cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            calls.append(func)
            return super().__torch_function__(func, types, args, kwargs or {})

    watched = vector("sim").as_subclass(Watched)
    calls.clear()
    doubled = watched * 2
    assert calls == [Tensor.mul]
    assert isinstance(doubled, Watched)
