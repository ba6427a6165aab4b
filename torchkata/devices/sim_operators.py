"""The operators of the sim backend: nearly all are the CPU's, and some are its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from torchkata.devices.sim_kernels import Kernel, kernel_of, run_kernel
from torchkata.devices.sim_memory import (
    CPU,
    CPU_KEYS,
    SIM,
    lend,
    resize_,
    set_,
    set_empty_,
    to_device,
)

# Untyped in torch.
aten: Any = torch.ops.aten
Library: Any = torch.library.Library


def _convolution(input: Tensor, weight: Tensor, bias: Tensor | None, *geometry: Any) -> Any:
    with torch._C.DisableTorchFunction():
        for role, parameter in (("weight", weight), ("bias", bias)):
            if parameter is not None and parameter.type() != input.type():
                or_else = f" or input should be a MKLDNN tensor and {role} is a dense tensor"
                raise RuntimeError(
                    f"Input type ({input.type()}) and {role} type ({parameter.type()}) "
                    f"should be the same{or_else if input.is_cpu else ''}"
                )
    return run_kernel(aten.convolution.default, input, weight, bias, *geometry)


def _convolution_backward(
    grad: Tensor, input: Tensor, weight: Tensor, *geometry: Any
) -> tuple[Tensor | None, ...]:
    _stride, _padding, _dilation, transposed, _output_padding, groups, _mask = geometry
    bias_size = weight.shape[1] * groups if transposed else weight.shape[0]
    backward = aten.convolution_backward.default
    gradients: tuple[Tensor | None, ...] = run_kernel(
        backward, grad, input, weight, [bias_size], *geometry
    )
    return gradients


def _lstm_cell(
    input_gates: Tensor,
    hidden_gates: Tensor,
    cx: Tensor,
    input_bias: Tensor | None = None,
    hidden_bias: Tensor | None = None,
) -> tuple[Tensor, ...]:
    gates = input_gates + hidden_gates
    if input_bias is not None and hidden_bias is not None:
        gates = gates + input_bias + hidden_bias
    i, f, g, o = gates.chunk(4, 1)
    i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
    cy = f * cx + i * g
    return o * cy.tanh(), cy, torch.cat([i, f, g, o], 1)


def _lstm_cell_backward(
    grad_hy: Tensor | None,
    grad_cy: Tensor | None,
    cx: Tensor,
    cy: Tensor,
    workspace: Tensor,
    has_bias: bool,
) -> tuple[Tensor | None, ...]:
    if grad_hy is None and grad_cy is None:
        return None, None, None
    i, f, g, o = workspace.chunk(4, 1)
    squashed = cy.tanh()
    grad_o = torch.zeros_like(cx) if grad_hy is None else grad_hy * squashed
    grad_c = torch.zeros_like(cx) if grad_cy is None else grad_cy
    if grad_hy is not None:
        grad_c = grad_c + grad_hy * o * (1 - squashed * squashed)
    gates = torch.cat(
        [
            grad_c * g * i * (1 - i),
            grad_c * cx * f * (1 - f),
            grad_c * i * (1 - g * g),
            grad_o * o * (1 - o),
        ],
        1,
    )
    return gates, grad_c * f, gates.sum(0) if has_bias else None


def _gru_cell(
    input_gates: Tensor,
    hidden_gates: Tensor,
    hx: Tensor,
    input_bias: Tensor | None = None,
    hidden_bias: Tensor | None = None,
) -> tuple[Tensor, ...]:
    if input_bias is not None and hidden_bias is not None:
        input_gates, hidden_gates = input_gates + input_bias, hidden_gates + hidden_bias
    input_r, input_z, input_n = input_gates.chunk(3, 1)
    hidden_r, hidden_z, hidden_n = hidden_gates.chunk(3, 1)
    r, z = (input_r + hidden_r).sigmoid(), (input_z + hidden_z).sigmoid()
    n = (input_n + r * hidden_n).tanh()
    return n + z * (hx - n), torch.cat([r, z, n, hx, hidden_n], 1)


def _gru_cell_backward(
    grad_hy: Tensor, workspace: Tensor, has_bias: bool
) -> tuple[Tensor | None, ...]:
    r, z, n, hx, hidden_n = workspace.chunk(5, 1)
    grad_z = grad_hy * (hx - n) * z * (1 - z)
    grad_n = grad_hy * (1 - z) * (1 - n * n)
    grad_r = grad_n * hidden_n * r * (1 - r)
    input_gates = torch.cat([grad_r, grad_z, grad_n], 1)
    hidden_gates = torch.cat([grad_r, grad_z, grad_n * r], 1)
    biases = (input_gates.sum(0), hidden_gates.sum(0)) if has_bias else (None, None)
    return input_gates, hidden_gates, grad_hy * z, *biases


def _zeros(size: Sequence[int], **options: Any) -> Tensor:
    return torch.zeros(size, **options)


def _to_copy(
    tensor: Tensor,
    *,
    layout: torch.layout | None = None,
    device: torch.device | None = None,
    pin_memory: bool | None = None,
    non_blocking: bool = False,
    **options: Any,
) -> Any:
    """aten::_to_copy, which asks for pinned memory where a copy to the CPU need not block."""
    copy = aten._to_copy.default
    with torch._C.DisableTorchFunction():
        host = tensor if tensor.is_cpu else lend(tensor)
        to_sim = device is None or device == SIM
        if host is None or not (to_sim or device == CPU) or layout not in (None, torch.strided):
            # To or from a device of another kind, or to be refused.
            return copy._op_dk(_COMPOSITE, tensor, layout=layout, device=device, **options)
        copied: Tensor = copy._handle.redispatch_boxed(CPU_KEYS, host, **options)
        if to_sim:
            return to_device(copied)
        return copied.pin_memory() if pin_memory or non_blocking else copied


_COMPOSITE = torch._C.DispatchKey.CompositeExplicitAutograd


class _Creation(Kernel):
    """An operator that makes a tensor of its own memory, in one step.

    torch has it in terms of others: to make an empty tensor, and to fill it or to copy to it.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        device = kwargs.get("device")
        if device is None or device.type == SIM.type:
            return super().__call__(*args, **kwargs)
        return self.op._op_dk(_COMPOSITE, *args, **kwargs)


_CREATIONS = (
    "arange",
    "arange.start",
    "arange.start_step",
    "clone",
    "full",
    "full_like",
    "new_full",
    "new_ones",
    "new_zeros",
    "ones",
    "ones_like",
    "zeros",
    "zeros_like",
)


def _refuse_layout(op: Any, *args: Any, **kwargs: Any) -> Any:
    raise NotImplementedError("sim has dense tensors only")


# Operators on metadata alone: the CPU's kernels take a sim tensor as it is.
_METADATA = (
    "as_strided",
    "_reshape_alias",
    "set_.source_Storage",
    "set_.source_Tensor",
    "unfold",
    "view",
    "view_as_complex",
    "view_as_real",
)


def register() -> list[Any]:
    """Register the kernels for PrivateUse1; they last as long as the libraries returned."""
    everything = Library("_", "IMPL")
    everything.fallback(run_kernel, "PrivateUse1")
    for layout in ("Sparse", "SparseCsr", "NestedTensor"):
        everything.fallback(_refuse_layout, f"{layout}PrivateUse1")
    library = Library("aten", "IMPL")

    for name in _METADATA:
        run = partial(_overload(name)._handle.redispatch_boxed, CPU_KEYS)
        library.impl(name, run, "PrivateUse1")

    own: dict[str, Callable[..., Any]] = {
        "convolution": _convolution,
        "convolution_overrideable": _convolution,
        "convolution_backward_overrideable": _convolution_backward,
        "resize_": resize_,
        "set_": set_empty_,
        "set_.source_Storage_storage_offset": set_,
        "_to_copy": _to_copy,
        # _copy_from, which copy_ would come to, can't write to a lazily conjugated tensor.
        "copy_": Kernel(aten.copy_.default),
        # The CPU's zero tensor has no memory.
        "_efficientzerotensor": Kernel(aten._efficientzerotensor.default, _zeros),
    }
    for name, cell in (
        ("_thnn_fused_lstm_cell", _lstm_cell),
        ("_thnn_fused_lstm_cell_backward_impl", _lstm_cell_backward),
        ("_thnn_fused_gru_cell", _gru_cell),
        ("_thnn_fused_gru_cell_backward", _gru_cell_backward),
    ):
        own[name] = Kernel(_overload(name), cell)
    for name in _CREATIONS:
        own[name] = _Creation(_overload(name))
    for name, kernel in own.items():
        library.impl(name, kernel, "PrivateUse1")

    # The fallback alone will not do. Where an operator has a composite kernel torch prefers that
    # and takes the operator apart, and while a dispatch mode is active it finds no fallback.
    done = {*_METADATA, *own}
    for qualified in torch._C._dispatch_get_registrations_for_dispatch_key("CPU"):
        namespace, _, name = qualified.partition("::")
        if namespace == "aten" and name not in done:
            library.impl(name, _made_when_called(name), "PrivateUse1")
    return [everything, library]


def _made_when_called(name: str) -> Callable[..., Any]:
    """The kernel of an operator; a program calls some dozen of more than a thousand."""
    kernel: Kernel | None = None

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal kernel
        if kernel is None:
            kernel = kernel_of(_overload(name))
        return kernel(*args, **kwargs)

    return call


def _overload(name: str) -> Any:
    packet, _, overload = name.partition(".")
    return getattr(getattr(aten, packet), overload or "default")
