"""How ATen's operators run on sim tensors: on the host memory of their arguments.

A sim tensor is a plain `torch.Tensor` whose storage says `sim:0` and points into memory that a
CPU storage owns. A kernel lends its arguments to the CPU as aliases of that memory, lets the
CPU's kernel compute, and gives what comes back a sim storage. Nothing is copied.

Below autograd, vmap and dispatch modes: those have had their turn when a kernel is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import torch
from torch import Tensor

# What a backend needs of torch is not in torch's stubs.
_C: Any = torch._C
aten: Any = torch.ops.aten

# Only the name is new when the backend gets its name, so the device can be had before.
SIM = torch.device("privateuseone", 0)
CPU = torch.device("cpu")
CPU_KEYS = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)

GENERATORS: WeakValueDictionary[int, torch._C.Generator] = WeakValueDictionary()
"""The random generators made for sim, by the address of their C++ object."""

_create_empty = _C._acc.create_empty_tensor
_construct_storage = _C._construct_storage_from_data_pointer
_reinterpret = _C._dynamo.guards._reinterpret_tensor
_set_storage = aten.set_.source_Storage_storage_offset._handle.redispatch_boxed
_DisableTorchFunction = torch._C.DisableTorchFunction
_NATIVE = torch._C.DispatchKey.CompositeExplicitAutogradNonFunctional


# Memory


def device_storage(memory: Any) -> Any:
    """A sim storage over the CPU storage `memory`, which it keeps alive."""
    storage = _construct_storage(memory.data_ptr(), SIM, memory.nbytes())
    # The Python object of a storage lives as long as the storage does, and so do these.
    storage._memory = memory
    storage._aliases = {}
    return storage


def to_device(host: Tensor) -> Tensor:
    """A sim tensor over the memory of the CPU tensor `host`."""
    try:
        storage = device_storage(host.untyped_storage())
    except NotImplementedError:
        raise NotImplementedError("sim has dense tensors only") from None
    if host.is_quantized:
        raise NotImplementedError("sim has no quantized tensors")
    tensor: Tensor = _create_empty((0,), host.dtype)
    offset = host.storage_offset()
    _set_storage(CPU_KEYS, tensor, storage, offset, host.size(), host.stride())
    if host.is_conj() or host.is_neg():
        _C._set_conj(tensor, host.is_conj())
        _C._set_neg(tensor, host.is_neg())
    elif not offset:
        # The next operator on this tensor then need not make an alias to start from.
        storage._aliases[host.dtype] = host
    return tensor


def lend(tensor: Tensor) -> Tensor | None:
    """A CPU alias of a sim tensor; None where it is on another device."""
    storage: Any = tensor.untyped_storage()
    dtype = tensor.dtype
    try:
        base = storage._aliases[dtype]
    except (AttributeError, KeyError):
        if tensor.device != SIM:
            return None
        base = _base_alias(storage, dtype)
    alias: Tensor = _reinterpret(base, tensor.size(), tensor.stride(), tensor.storage_offset())
    if dtype.is_complex and tensor.is_conj():
        _C._set_conj(alias, True)
    if tensor.is_neg():
        _C._set_neg(alias, True)
    return alias


def _base_alias(storage: Any, dtype: torch.dtype) -> Tensor:
    if not hasattr(storage, "_memory"):
        # C++ made this storage from a pointer, as when a storage is pickled.
        storage._memory = _construct_storage(storage.data_ptr(), CPU, storage.nbytes())
        storage._aliases = {}
    base = torch.empty(0, dtype=dtype).set_(storage._memory)
    storage._aliases[dtype] = base
    return base


def _forbid_resize(storage: Any) -> None:
    """Have the CPU refuse to move this storage's memory, to which the sim storage points."""
    memory = getattr(storage, "_memory", None)
    if memory is not None and memory.resizable():
        storage._owner = memory
        storage._memory = _construct_storage(memory.data_ptr(), CPU, memory.nbytes())
        storage._aliases = {}


def _lend_output(tensor: Tensor) -> Tensor | None:
    if tensor.is_cpu:
        return None
    if tensor.device == SIM:
        if not tensor.numel():
            return torch.empty(0, dtype=tensor.dtype)
        _forbid_resize(tensor.untyped_storage())
    return lend(tensor)


def _point(tensor: Tensor, host: Tensor) -> None:
    """Make the sim tensor one over the memory of `host`, in place."""
    storage = device_storage(host.untyped_storage())
    _set_storage(CPU_KEYS, tensor, storage, host.storage_offset(), host.size(), host.stride())


# Which devices may meet


# TensorIterator operators without the tag `pointwise`: they take a 0-dim CPU tensor.
_ITERATOR = frozenset(
    "binary_cross_entropy copysign_ eq_ floor_divide floor_divide_ ge_ gt_ heaviside_ "
    "index_fill_ le_ lt_ mse_loss ne_ rsub smooth_l1_loss where __ilshift__ __irshift__".split()
)
# Operators with that tag which CUDA gives no CPU tensor at all.
_STRICT = frozenset(
    "clamp clamp_ clamp_max clamp_max_ clamp_min clamp_min_ equal gcd gelu_backward igamma igamma_ "
    "igammac igammac_ lcm logaddexp logaddexp2 logit_backward native_dropout_backward nextafter "
    "nextafter_ sigmoid_backward silu_backward tanh_backward threshold_backward".split()
)
# Operators that move data between devices, or look at metadata alone.
_ANY_DEVICE = frozenset(["copy_", "_copy_from", "_copy_from_and_resize", "fill_", "is_set_to"])

Check = Callable[["Kernel", Sequence[Any], dict[str, Any]], None]


def _accept(kernel: Kernel, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    pass


def _check_same(kernel: Kernel, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
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


def _check_iterator(kernel: Kernel, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """What TensorIterator checks: a 0-dim CPU tensor may be read, but not written."""
    for name, tensor in kernel.tensors_of(args, kwargs):
        written = name in kernel.outs or (kernel.in_place and tensor is args[0])
        if tensor.device != SIM and (written or tensor.dim() or not tensor.is_cpu):
            raise _two_devices(tensor.device)


def _check_masked_fill(kernel: Kernel, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    tensor, mask, value = args
    if isinstance(value, Tensor) and tensor.device != SIM:
        raise RuntimeError("masked_fill_: Expected inputs to be on same device")
    if tensor.device != mask.device:
        raise RuntimeError(
            "expected self and mask to be on the same device, but got mask on "
            f"{mask.device} and self on {tensor.device}"
        )


def _check_index_put(kernel: Kernel, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
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
    "masked_fill_": _check_masked_fill,
    "_index_put_impl_": _check_index_put,
}


# Running an operator


class Kernel:
    """One operator on sim tensors.

    What its schema says is worked out once, since a call has only microseconds.
    """

    def __init__(self, op: Any, run: Callable[..., Any] | None = None) -> None:
        schema = op._schema
        self.op = op
        self.name = schema.name.rpartition("::")[2]
        arguments = schema.arguments
        types = [str(argument.type) for argument in arguments if not argument.kwarg_only]
        self.tensors = [i for i, t in enumerate(types) if t in ("Tensor", "Optional[Tensor]")]
        self.lists = [i for i, t in enumerate(types) if t.endswith("Tensor]") and t[0] == "L"] + [
            i for i, t in enumerate(types) if t == "List[Optional[Tensor]]"
        ]
        self.names = [argument.name for argument in arguments]
        self.outs = [argument.name for argument in arguments if argument.is_out]
        self.returns = [_written(each, arguments) for each in schema.returns]
        self.in_place = self.returns == [self.names[0]] if self.names else False
        self.single = self.returns == [None] and str(schema.returns[0].type) == "Tensor"

        iterates = torch.Tag.pointwise in op.tags and self.name not in _STRICT
        iterates = iterates or self.name in _ITERATOR
        self.takes_scalar = iterates and len(self.tensors) == 2 and not self.lists
        self.checked_natively = (iterates or self.name == "index") and not self.outs
        self.checked_natively &= op.has_kernel_for_dispatch_key(_NATIVE)
        self.check = _OWN_CHECKS.get(self.name) or (
            _accept
            if self.name in _ANY_DEVICE
            else _check_iterator
            if iterates
            else _check_same
        )

        self.takes_numbers = torch._C._should_allow_numbers_as_tensors(self.name)
        run = run or partial(op._handle.redispatch_boxed, CPU_KEYS)
        self.run = partial(_run_resizing, run, self.outs) if self.outs else run

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Modes and subclasses see the user's calls, not what is asked of tensors here.
        with _DisableTorchFunction():
            lent = list(args)
            run, mixed = self.run, False
            for i in self.tensors:
                if i >= len(lent):
                    break
                tensor = lent[i]
                if not isinstance(tensor, Tensor):
                    if tensor is None:
                        continue
                    # A Python number in a tensor's place, as in x + 1.
                    if self.takes_numbers:
                        run = self.op
                    else:
                        lent[i] = _number_like(tensor, args)
                    continue
                if tensor.is_cpu:
                    scalar = self.takes_scalar and not tensor.dim()
                    mixed |= not scalar or (self.in_place and i == 0)
                elif (alias := lend(tensor)) is not None:
                    lent[i] = alias
                else:
                    mixed = True
            for i in self.lists:
                if i < len(lent):
                    lent[i], foreign = _lend_list(lent[i])
                    mixed |= foreign
            lent_kwargs = {}
            for name, value in kwargs.items():
                lent_kwargs[name], foreign = self._lend_keyword(name, value)
                mixed |= foreign
            if mixed:
                if self.checked_natively:
                    return self.op._op_dk(_NATIVE, *args, **kwargs)
                self.check(self, args, kwargs)
            result = run(*lent, **lent_kwargs)
            if self.single:
                return to_device(result)
            if self.in_place:
                return args[0]
            return self._returned(result, args, kwargs)

    def tensors_of(
        self, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> Iterator[tuple[str, Tensor]]:
        """The tensors of a call with their names, in the order in which ATen checks them."""
        named = dict(zip(self.names, args, strict=False)) | kwargs
        for name in sorted(named, key=lambda name: name not in self.outs):
            value = named[name]
            for each in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(each, Tensor):
                    yield name, each

    def _lend_keyword(self, name: str, value: Any) -> tuple[Any, bool]:
        if isinstance(value, Tensor):
            alias = _lend_output(value) if name in self.outs else _lend_operand(value)
            return (value, True) if alias is None else (alias, False)
        if isinstance(value, torch._C.Generator):
            if value._cdata not in GENERATORS:  # type: ignore[attr-defined]  # not in the stubs
                raise RuntimeError(
                    f"Expected a '{SIM.type}' device type for generator "
                    f"but found '{value.device.type}'"
                )
            return value, False
        if isinstance(value, torch.device) and value.type == SIM.type:
            if value.index:
                raise RuntimeError(f"{SIM.type} error: invalid device ordinal")
            return CPU, False
        if isinstance(value, (list, tuple)):
            return _lend_list(value)
        return value, False

    def _returned(self, result: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        if len(self.returns) == 1:
            return self._settle(self.returns[0], result, args, kwargs)
        if not self.returns:
            return None
        pairs = zip(self.returns, result, strict=True)
        return tuple(self._settle(name, each, args, kwargs) for name, each in pairs)

    def _settle(self, name: str | None, host: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """What the caller gets for one result: the argument it was written to, or a new tensor."""
        if name is None:
            return _to_device_deep(host)
        if name not in self.outs:
            return args[self.names.index(name)]
        out = kwargs[name]
        if out.size() != host.size() or out.stride() != host.stride():
            if host.data_ptr() == out.data_ptr():
                storage = out.untyped_storage()
                _set_storage(
                    CPU_KEYS, out, storage, out.storage_offset(), host.size(), host.stride()
                )
            else:
                _point(out, host)
        return out


def _written(returned: Any, arguments: Sequence[Any]) -> str | None:
    """The name of the argument that a return is the same tensor as."""
    if returned.alias_info is None or not returned.alias_info.is_write:
        return None
    for argument in arguments:
        info = argument.alias_info
        if info is not None and info.before_set == returned.alias_info.before_set:
            return str(argument.name)
    return None


def _number_like(number: Any, args: Sequence[Any]) -> Tensor:
    """A tensor of `number` that decides nothing about the type of the result."""
    tensor = next(each for each in args if isinstance(each, Tensor))
    return torch.tensor(number).to(torch.result_type(tensor, number))


def _lend_operand(tensor: Tensor) -> Tensor | None:
    return None if tensor.is_cpu else lend(tensor)


def _lend_list(values: Any) -> tuple[list[Any], bool]:
    """Aliases of the tensors in a list, and whether one is not on sim."""
    lent, foreign = [], False
    for value in values:
        if isinstance(value, Tensor):
            alias = _lend_operand(value)
            foreign |= alias is None
            lent.append(value if alias is None else alias)
        else:
            lent.append(value)
    return lent, foreign


def _to_device_deep(host: Any) -> Any:
    if isinstance(host, Tensor):
        return to_device(host)
    if isinstance(host, (list, tuple)):
        return [_to_device_deep(each) for each in host]
    return host


def _run_resizing(
    run: Callable[..., Any], outs: Sequence[str], /, *args: Any, **kwargs: Any
) -> Any:
    """Run an operator with out=, giving an output that is too small new memory."""
    try:
        return run(*args, **kwargs)
    except RuntimeError as error:
        if "storage that is not resizable" not in str(error):
            raise
    fresh = {name: torch.empty(0, dtype=kwargs[name].dtype) for name in outs}
    return run(*args, **kwargs | fresh)


class _Kernels(dict[Any, Kernel]):
    def __missing__(self, op: Any) -> Kernel:
        kernel = self[op] = Kernel(op)
        return kernel


_KERNELS = _Kernels()


def _fallback(op: Any, *args: Any, **kwargs: Any) -> Any:
    return _KERNELS[op](*args, **kwargs)


# Operators that the CPU does not have, or that touch the memory of storages


def _convolution(input: Tensor, weight: Tensor, bias: Tensor | None, *geometry: Any) -> Any:
    """Both of the operators that torch may come to, with the check of CUDA's convolutions."""
    for role, parameter in (("weight", weight), ("bias", bias)):
        if parameter is not None and parameter.type() != input.type():
            raise RuntimeError(
                f"Input type ({input.type()}) and {role} type ({parameter.type()}) "
                "should be the same"
                + (f" or input should be a MKLDNN tensor and {role} is a dense tensor")
                * input.is_cpu
            )
    return _KERNELS[aten.convolution.default](input, weight, bias, *geometry)


def _convolution_backward(
    grad: Tensor, input: Tensor, weight: Tensor, *geometry: Any
) -> tuple[Tensor | None, ...]:
    _stride, _padding, _dilation, transposed, _output_padding, groups, _mask = geometry
    bias_size = weight.shape[1] * groups if transposed else weight.shape[0]
    kernel = _KERNELS[aten.convolution_backward.default]
    gradients: tuple[Tensor | None, ...] = kernel(grad, input, weight, [bias_size], *geometry)
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


def _resize(
    tensor: Tensor, size: Sequence[int], *, memory_format: torch.memory_format | None = None
) -> Tensor:
    with _DisableTorchFunction():
        if memory_format is None and tensor.size() == torch.Size(size):
            return tensor
        layout = torch.empty(
            size,
            dtype=tensor.dtype,
            device="meta",
            memory_format=memory_format or torch.contiguous_format,
        )
        storage, offset = tensor.untyped_storage(), tensor.storage_offset()
        if (offset + layout.numel()) * tensor.itemsize > storage.nbytes() and layout.numel():
            held = lend(tensor.detach().as_strided((storage.nbytes() // tensor.itemsize,), (1,), 0))
            assert held is not None
            grown = torch.empty(offset + layout.numel(), dtype=tensor.dtype)
            grown[: held.numel()] = held
            storage = device_storage(grown.untyped_storage())
        _set_storage(CPU_KEYS, tensor, storage, offset, size, layout.stride())
        return tensor


def _set(
    tensor: Tensor, storage: Any, offset: int, size: Sequence[int], stride: Sequence[int] = ()
) -> Tensor:
    stride = stride or torch.empty(size, device="meta").stride()
    last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    if 0 not in size and (last + 1) * tensor.itemsize > storage.nbytes():
        # The CPU's kernel would find out with half of its work done.
        raise RuntimeError("Trying to resize storage that is not resizable")
    _set_storage(CPU_KEYS, tensor, storage, offset, size, stride)
    return tensor


def _set_empty(tensor: Tensor) -> Tensor:
    with _DisableTorchFunction():
        _point(tensor, torch.empty(0, dtype=tensor.dtype))
    return tensor


def _zeros(size: Sequence[int], **options: Any) -> Tensor:
    return torch.zeros(size, **options)


def register() -> list[torch.library.Library]:
    """Register the kernels for PrivateUse1; they last as long as the libraries returned."""
    everything = torch.library.Library("_", "IMPL")
    everything.fallback(_fallback, "PrivateUse1")
    library = torch.library.Library("aten", "IMPL")

    # These touch metadata alone: the CPU's kernels take a sim tensor as it is.
    for name in (
        "as_strided",
        "_reshape_alias",
        "set_.source_Storage",
        "set_.source_Tensor",
        "unfold",
        "view",
        "view_as_complex",
        "view_as_real",
    ):
        run = partial(_overload(name)._handle.redispatch_boxed, CPU_KEYS)
        library.impl(name, run, "PrivateUse1")

    own: dict[str, Callable[..., Any]] = {
        "convolution": _convolution,
        "convolution_overrideable": _convolution,
        "convolution_backward_overrideable": _convolution_backward,
        "resize_": _resize,
        "set_": _set_empty,
        "set_.source_Storage_storage_offset": _set,
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
    for name, kernel in own.items():
        library.impl(name, kernel, "PrivateUse1")

    # Else torch would run the check, the allocation and the out= variant of each one by one.
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    for qualified in torch._C._dispatch_get_all_op_names():
        namespace, _, name = qualified.partition("::")
        if (
            namespace == "aten"
            and has_kernel(qualified, "CPU")
            and has_kernel(qualified, "CompositeExplicitAutogradNonFunctional")
        ):
            library.impl(name, _KERNELS[_overload(name)], "PrivateUse1")
    return [everything, library]


def _overload(name: str) -> Any:
    packet, _, overload = name.partition(".")
    return getattr(getattr(aten, packet), overload or "default")
