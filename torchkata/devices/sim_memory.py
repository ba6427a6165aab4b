"""The memory of sim tensors: memory of the host that says it is on `sim:0`.

A sim tensor is a plain `torch.Tensor` whose storage points into memory that a CPU storage owns.
To compute with it is to lend it to the CPU: an alias of the same memory, of the same layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

# What a backend needs of torch is not in torch's stubs.
_C: Any = torch._C
_aten: Any = torch.ops.aten

# The device has this name from the start; being called sim comes with being registered.
SIM = torch.device("privateuseone", 0)
CPU = torch.device("cpu")
CPU_KEYS = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)

_UntypedStorage: Any = torch.UntypedStorage
_create_empty = _C._acc.create_empty_tensor
_construct_storage = _C._construct_storage_from_data_pointer
_reinterpret = _C._dynamo.guards._reinterpret_tensor
_set_storage = _aten.set_.source_Storage_storage_offset._handle.redispatch_boxed


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
    size, stride = tuple(tensor.size()), tensor.stride()
    alias: Tensor = _reinterpret(base, size, stride, tensor.storage_offset())
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


def lend_output(tensor: Tensor) -> Tensor | None:
    """What `lend` gives, for an `out=` that an operator may find too small.

    The CPU may resize an empty one as it likes. The memory of any other it must not move, since
    sim storages point there.
    """
    if tensor.device != SIM:
        return None
    if not tensor.numel():
        return torch.empty(0, dtype=tensor.dtype)
    storage: Any = tensor.untyped_storage()
    memory = getattr(storage, "_memory", None)
    if memory is not None and memory.resizable():
        storage._owner = memory
        storage._memory = _construct_storage(memory.data_ptr(), CPU, memory.nbytes())
        storage._aliases = {}
    return lend(tensor)


def follow(out: Tensor, host: Tensor) -> None:
    """Give the sim tensor `out` the layout, or the new memory, that its alias `host` has got."""
    if out.size() == host.size() and out.stride() == host.stride():
        return
    same = host.data_ptr() == out.data_ptr()
    storage = out.untyped_storage() if same else device_storage(host.untyped_storage())
    offset = out.storage_offset() if same else host.storage_offset()
    _set_storage(CPU_KEYS, out, storage, offset, host.size(), host.stride())


# The operators that change the storage of a tensor


def set_(
    tensor: Tensor, storage: Any, offset: int, size: Sequence[int], stride: Sequence[int] = ()
) -> Tensor:
    """aten::set_ to a part of a storage, which has to be large enough."""
    stride = stride or torch.empty(size, device="meta").stride()
    last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    if 0 not in size and (last + 1) * tensor.itemsize > storage.nbytes():
        # The CPU's kernel would refuse this with half of its work done.
        raise RuntimeError("Trying to resize storage that is not resizable")
    _set_storage(CPU_KEYS, tensor, storage, offset, size, stride)
    return tensor


def set_empty_(tensor: Tensor) -> Tensor:
    """aten::set_ to nothing."""
    storage = _UntypedStorage(0, device=SIM)
    _set_storage(CPU_KEYS, tensor, storage, 0, (0,), (1,))
    return tensor


def resize_(
    tensor: Tensor, size: Sequence[int], *, memory_format: torch.memory_format | None = None
) -> Tensor:
    """aten::resize_; where it needs more memory, the tensor leaves its storage to its views."""
    with torch._C.DisableTorchFunction():
        if memory_format is None and tensor.size() == torch.Size(size):
            return tensor
        memory_format = memory_format or torch.contiguous_format
        layout = torch.empty(size, device="meta", memory_format=memory_format)
        storage, offset = tensor.untyped_storage(), tensor.storage_offset()
        needed = offset + layout.numel()
        if layout.numel() and needed * tensor.itemsize > storage.nbytes():
            held = _base_alias(storage, torch.uint8)
            grown = torch.empty(needed * tensor.itemsize, dtype=torch.uint8)
            grown[: held.numel()] = held
            storage = device_storage(grown.untyped_storage())
        _set_storage(CPU_KEYS, tensor, storage, offset, size, layout.stride())
        return tensor
