"""How ATen's operators run on ``sim`` tensors: each on the host memory of its arguments.

A sim tensor is a plain ``torch.Tensor`` whose storage says ``sim:0`` and points into memory
that a CPU storage owns. A kernel lends every argument to the CPU as an alias of that memory,
lets the CPU's kernel compute, and gives what comes back a sim storage. Nothing is copied.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

import torch
from torch import Tensor

# The stubs of torch._C and torch.ops do not list what a backend needs of them.
_C: Any = torch._C
aten: Any = torch.ops.aten

DEVICE_TYPE = "sim"
CPU = torch.device("cpu")

_CPU_KEY = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
_META_CHECKED = torch._C.DispatchKey.CompositeExplicitAutogradNonFunctional
_construct_storage = _C._construct_storage_from_data_pointer
_create_empty = _C._acc.create_empty_tensor
_reinterpret = _C._dynamo.guards._reinterpret_tensor
_set_storage = aten.set_.source_Storage_storage_offset._handle.redispatch_boxed
_DisableTorchFunction = torch._C.DisableTorchFunction

GENERATORS: WeakValueDictionary[int, torch._C.Generator] = WeakValueDictionary()
"""The generators made for sim, by the address of what C++ knows them as."""


# Memory


def device_storage(host: Tensor) -> Any:
    """A sim storage over the memory of the CPU tensor `host`, which it keeps alive."""
    memory = host.untyped_storage()
    storage = _construct_storage(memory.data_ptr(), torch.device("sim", 0), memory.nbytes())
    storage._owner = host
    storage._aliases = {}
    return storage


def to_device(host: Tensor) -> Tensor:
    """The sim tensor over the memory of the CPU tensor `host`."""
    memory = host.untyped_storage()
    storage = _construct_storage(memory.data_ptr(), _SIM, memory.nbytes())
    storage._owner = host
    offset = host.storage_offset()
    # A plain result can itself stand for its storage when an alias is wanted.
    plain = offset == 0 and not (host.is_conj() or host.is_neg())
    storage._aliases = {host.dtype: host} if plain else {}
    tensor: Tensor = _create_empty((0,), host.dtype)
    _set_storage(_CPU_KEY, tensor, storage, offset, host.size(), host.stride())
    if host.is_conj():
        _C._set_conj(tensor, True)
    if host.is_neg():
        _C._set_neg(tensor, True)
    return tensor


_SIM = torch.device("cpu")
