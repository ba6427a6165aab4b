"""What of torch itself must be another with sim, where a backend in Python has no say."""

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from torchkata.devices.sim_generators import Generator
from torchkata.devices.sim_memory import SIM, device_storage

# What a backend needs of torch is not in torch's stubs.
_C: Any = torch._C


def _is_sim(device: Any) -> bool:
    return device is not None and torch.device(device).type == SIM.type


def register_pinning() -> Any:
    """Let CPU tensors be pinned: with an accelerator present torch pins with its help."""
    new_library: Any = torch.library.Library
    library = new_library("aten", "IMPL")
    composite = torch._C.DispatchKey.CompositeExplicitAutograd
    is_pinned: Any = torch.ops.aten.is_pinned.default
    pin_memory: Any = torch.ops.aten._pin_memory.default

    def is_pinned_here(tensor: Tensor, device: torch.device | None = None) -> bool:
        with torch._C.DisableTorchFunction():
            if hasattr(tensor.untyped_storage(), "_pinned"):
                return True
            return bool(is_pinned._op_dk(composite, tensor, device))

    def pin_memory_here(tensor: Tensor, device: torch.device | None = None) -> Any:
        with torch._C.DisableTorchFunction():
            if device is not None and not _is_sim(device):
                return pin_memory._op_dk(composite, tensor, device)
            pinned = tensor.clone()
            storage: Any = pinned.untyped_storage()
            storage._pinned = True
            return pinned

    def refuse_to_pin(tensor: Tensor, device: torch.device | None = None) -> Any:
        raise RuntimeError(f"cannot pin '{tensor.type()}' only dense CPU tensors can be pinned")

    library.impl("_pin_memory", refuse_to_pin, "PrivateUse1")
    library.impl("is_pinned", is_pinned_here, "CPU")
    library.impl("_pin_memory", pin_memory_here, "CPU")
    return library


def patch_storages() -> None:
    """Make storages on sim: torch asks an allocator in C++ for them, and sim has none."""
    storage_class: Any = torch.UntypedStorage
    construct, new = storage_class.__new__, storage_class.new

    @functools.wraps(construct)
    def construct_anywhere(cls: Any, *args: Any, device: Any = None, **kwargs: Any) -> Any:
        if _is_sim(device):
            return device_storage(construct(cls, *args, **kwargs))
        return construct(cls, *args, **kwargs, **({} if device is None else {"device": device}))

    @functools.wraps(new)
    def new_anywhere(self: Any) -> Any:
        # Without an allocator this would end the process.
        return storage_class(device=SIM.type) if self.device.type == SIM.type else new(self)

    storage_class.__new__ = staticmethod(construct_anywhere)
    storage_class.new = new_anywhere


def patch_modules() -> None:
    """Let a module that moves to or from sim keep its Parameter objects, as with CUDA.

    torch moves a parameter in place only between the kinds of device it lists, and makes a new
    Parameter otherwise; an optimizer made before the move would go on with the old one.
    """
    module_class: Any = torch.nn.Module
    apply: Callable[..., Any] = module_class._apply

    @functools.wraps(apply)
    def apply_in_place(self: torch.nn.Module, *args: Any, **kwargs: Any) -> Any:
        before = dict(self._parameters)
        result = apply(self, *args, **kwargs)
        for name, old in before.items():
            new = self._parameters.get(name)
            if old is None or new is None or new is old:
                continue
            if {old.device.type, new.device.type} == {"cpu", SIM.type}:
                _swap(old, new)
                self._parameters[name] = old
        return result

    module_class._apply = apply_in_place


def _swap(old: Any, new: Any) -> None:
    hooks = old._backward_hooks, old._post_accumulate_grad_hooks
    _C._swap_tensor_impl(old, new)
    # The hooks themselves stay behind; being set makes them new ones.
    old._backward_hooks, old._post_accumulate_grad_hooks = hooks


def patch_data() -> None:
    """Let `x.data = y` take a tensor to or from sim, as with CUDA.

    torch takes one only between the kinds of device it lists. There a gradient stays behind; here
    it comes along, as it does with a module.
    """
    tensor_class: Any = torch.Tensor
    data: Any = _C.TensorBase.data

    def write(self: Tensor, value: Any) -> None:
        kinds = {self.device.type, value.device.type} if isinstance(value, Tensor) else set()
        if kinds != {"cpu", SIM.type} or not self.is_leaf:
            data.__set__(self, value)
            return
        requires_grad, gradient = self.requires_grad, self.grad
        _swap(self, value.detach())
        self.requires_grad_(requires_grad)
        if gradient is not None:
            gradient.data = gradient.to(value.device)
            self.grad = gradient

    tensor_class.data = property(data.__get__, write)


def patch_generators() -> None:
    """Let torch.Generator(device="sim") work: a backend in Python can't offer it to torch."""
    namespace: Any = torch
    namespace.Generator = Generator


def patch_synchronize() -> None:
    """Let torch.accelerator.synchronize() work, which asks a C++ backend alone."""
    accelerator: Any = torch.accelerator
    synchronize = accelerator.synchronize

    @functools.wraps(synchronize)
    def synchronize_any(device: torch.device | str | int | None = None, /) -> None:
        current = torch.accelerator.current_accelerator()
        if current is None or current.type != SIM.type:
            synchronize(device)

    accelerator.synchronize = synchronize_any
