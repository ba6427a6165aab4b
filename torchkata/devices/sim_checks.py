"""Which devices may meet in an operator on sim: the checks of CUDA, in CUDA's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import torch
from torch import Tensor

from torchkata.devices.sim_memory import CPU, SIM


class Checked(Protocol):
    """What a check asks of an operator; `tensors_of` gives a call's tensors with their names."""

    name: str
    outs: list[str]
    in_place: bool

    def tensors_of(
        self, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> Iterator[tuple[str, Tensor]]: ...


Check = Callable[[Checked, Sequence[Any], dict[str, Any]], None]

# TensorIterator operators without the tag `pointwise`: they take a 0-dim CPU tensor.
_ITERATOR = frozenset(
    [
        "binary_cross_entropy",
        "copysign_",
        "eq_",
        "floor_divide",
        "floor_divide_",
        "ge_",
        "gt_",
        "heaviside_",
        "index_fill_",
        "le_",
        "lt_",
        "mse_loss",
        "ne_",
        "rsub",
        "smooth_l1_loss",
        "where",
        "__ilshift__",
        "__irshift__",
    ]
)
# Operators with that tag which CUDA gives no CPU tensor at all.
_STRICT = frozenset(
    [
        "clamp",
        "clamp_",
        "clamp_max",
        "clamp_max_",
        "clamp_min",
        "clamp_min_",
        "equal",
        "gcd",
        "gelu_backward",
        "igamma",
        "igamma_",
        "igammac",
        "igammac_",
        "lcm",
        "logaddexp",
        "logaddexp2",
        "logit_backward",
        "native_dropout_backward",
        "nextafter",
        "nextafter_",
        "sigmoid_backward",
        "silu_backward",
        "tanh_backward",
        "threshold_backward",
    ]
)


def iterates(op: Any, name: str) -> bool:
    """Whether an operator is one of TensorIterator, which takes a 0-dim CPU tensor."""
    pointwise = torch.Tag.pointwise in op.tags and name not in _STRICT
    return pointwise or name in _ITERATOR


def check_of(name: str, iterating: bool) -> Check:
    """The check of the operator `name`: it raises RuntimeError where devices may not meet."""
    return _OWN_CHECKS.get(name, _check_iterator if iterating else _check_same)


def _accept(kernel: Checked, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    pass


def _check_same(kernel: Checked, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """What ATen's generated code checks for most operators."""
    common = None
    for name, tensor in kernel.tensors_of(args, kwargs):
        if common is None:
            common = tensor.device
        elif tensor.device != common:
            raise RuntimeError(
                f"Expected all tensors to be on the same device, but got {name} is on "
                f"{tensor.device}, different from other tensors on {common} "
                f"(when checking argument in method wrapper_SIM_{kernel.name})"
            )


def _check_iterator(kernel: Checked, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """What TensorIterator checks: a 0-dim CPU tensor may be read, but not written."""
    for name, tensor in kernel.tensors_of(args, kwargs):
        written = name in kernel.outs or (kernel.in_place and tensor is args[0])
        if tensor.device != SIM and (written or tensor.dim() or not tensor.is_cpu):
            raise _two_devices(tensor.device)


def _check_masked_fill(kernel: Checked, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    tensor, mask, value = args
    if isinstance(value, Tensor) and tensor.device != SIM:
        raise RuntimeError("masked_fill_: Expected inputs to be on same device")
    if tensor.device != mask.device:
        raise RuntimeError(
            "expected self and mask to be on the same device, but got mask on "
            f"{mask.device} and self on {tensor.device}"
        )


def _check_index(kernel: Checked, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    tensor, indices = args
    for index in indices:
        if index is not None and index.device not in (CPU, tensor.device):
            raise RuntimeError(
                "indices should be either on cpu or on the same device as the indexed tensor "
                f"({tensor.device})"
            )


def _check_index_put(kernel: Checked, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    tensor, indices, value, accumulate = args[0], args[1], args[2], any(args[3:4])
    if value.device == tensor.device or not value.dim():
        return
    if accumulate and tensor.device == SIM:
        raise RuntimeError(
            f"expected device {tensor.device} but got device {value.device} for value tensor"
        )
    masks = [index for index in indices if index is not None]
    fills = (
        value.is_cpu
        and value.numel() == 1
        and len(masks) == 1
        and masks[0].dtype in (torch.bool, torch.uint8)
        and masks[0].device == tensor.device
    )
    if not fills:
        raise _two_devices(CPU if value.device == SIM else value.device)


def _two_devices(other: torch.device) -> RuntimeError:
    return RuntimeError(
        "Expected all tensors to be on the same device, but found at least two devices, "
        f"{SIM} and {other}!"
    )


_OWN_CHECKS: dict[str, Check] = {
    "copy_": _accept,
    "_copy_from": _accept,
    "_copy_from_and_resize": _accept,
    "fill_": _accept,
    "is_same_size": _accept,
    "is_set_to": _accept,
    "index": _check_index,
    "masked_fill_": _check_masked_fill,
    "_index_put_impl_": _check_index_put,
}
