"""`sim`, a simulated accelerator that every machine has, to catch a forgotten `device=`.

It really computes, on CPU memory, and accepts and refuses what CUDA does, in CUDA's words.
Random numbers come from the CPU's default generator. After `register()`, `torch.device("sim")`,
`x.to("sim")`, `x.is_sim`, `torch.zeros(2, device="sim")` and `torch.sim` work.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.utils import backend_registration

NAME = "sim"

_DeviceLike = torch.device | str | int | None

# What a backend needs of torch is not in torch's stubs.
_C: Any = torch._C
_registered: list[Any] = []


def missing() -> str | None:
    """Why this torch can't have sim, in one sentence; None where it can."""
    hooks = (
        (backend_registration, "_setup_privateuseone_for_python_backend"),
        (getattr(_C, "_acc", None), "create_empty_tensor"),
        (torch.library.Library, "fallback"),
        (torch.library, "get_kernel"),
        (_C, "_construct_storage_from_data_pointer"),
        (_C._dynamo.guards, "_reinterpret_tensor"),
    )
    for owner, hook in hooks:
        if not hasattr(owner, hook):
            return f"torch {torch.__version__} lacks the hook {hook} of a backend in Python"
    taken = _C._get_privateuse1_backend_name()
    if taken not in ("privateuseone", NAME) or (taken == NAME and not _registered):
        return f"torch's place for one more backend is taken by {taken!r}"
    return None


def register() -> None:
    """Register sim with torch, for the rest of the process; a second call does nothing.

    Raises RuntimeError where `missing()` has a reason.
    """
    if _registered:
        return
    reason = missing()
    if reason is not None:
        raise RuntimeError(reason)
    # This module can be imported where torch lacks what the rest is made of.
    from torchkata.devices import sim_generators, sim_operators

    # torch's own type annotations here are missing.
    setup: Any = backend_registration._setup_privateuseone_for_python_backend
    setup(NAME, backend_module=_Module(), device_guard=_device_guard())
    _patch_engine()
    backend_registration.generate_methods_for_privateuse1_backend(
        for_tensor=False, for_module=False, for_packed_sequence=False, for_storage=True
    )
    _registered.extend(sim_operators.register())
    _registered.append(sim_generators.register())
    _registered.append(_register_pinning())
    _patch_storages()
    _patch_modules()
    _patch_data()
    _patch_generators()
    _patch_synchronize()


class _Module:
    """`torch.sim`: what programs and torch itself ask of `torch.cuda`."""

    class device:
        """A context in which the given device is current, as the only one always is."""

        def __init__(self, device: _DeviceLike) -> None:
            self.idx = 0
            self.prev_idx = -1

        def __enter__(self) -> None:
            self.prev_idx = 0

        def __exit__(self, *exception: object) -> None:
            pass

    def is_available(self) -> bool:
        return True

    def is_initialized(self) -> bool:
        return True

    def init(self) -> None:
        pass

    def _is_in_bad_fork(self) -> bool:
        return False

    def device_count(self) -> int:
        return 1

    def current_device(self) -> int:
        return 0

    def set_device(self, device: _DeviceLike) -> None:
        pass

    def get_device_name(self, device: _DeviceLike = None) -> str:
        return "Simulated accelerator"

    def synchronize(self, device: _DeviceLike = None) -> None:
        pass

    def empty_cache(self) -> None:
        pass

    def memory_allocated(self, device: _DeviceLike = None) -> int:
        return 0

    def is_bf16_supported(self) -> bool:
        return True

    def get_amp_supported_dtype(self) -> list[torch.dtype]:
        return [torch.float16, torch.bfloat16]

    def manual_seed(self, seed: int) -> None:
        torch.default_generator.manual_seed(seed)

    def manual_seed_all(self, seed: int) -> None:
        torch.default_generator.manual_seed(seed)

    def seed(self) -> None:
        torch.default_generator.seed()

    def initial_seed(self) -> int:
        return torch.default_generator.initial_seed()

    def get_rng_state(self, device: _DeviceLike = NAME) -> Tensor:
        return torch.default_generator.get_state()

    def get_rng_state_all(self) -> list[Tensor]:
        return [self.get_rng_state()]

    def set_rng_state(self, new_state: Tensor, device: _DeviceLike = NAME) -> None:
        torch.default_generator.set_state(new_state)

    def set_rng_state_all(self, new_states: list[Tensor]) -> None:
        self.set_rng_state(new_states[0])


_lost: list[BaseException] = []
"""The last exception that a device guard took from a failing backward."""

_probe = functools.partial(int)


def _device_guard() -> Any:
    """What torch asks for the type of the device around each node of a backward.

    It also asks while an exception of Python unwinds a backward, with the exception pending. Were
    it pending still when the answer is given, CPython would make that an error, and since torch
    does not expect one there the process would end. Any call made through C finds the pending
    exception, so a probe does, and the engine raises it in the end.
    """

    class Guard(_C._acc.DeviceGuard):  # type: ignore[misc]  # a class of C++
        def type_(self) -> Any:
            try:
                _probe()
            except SystemError as error:
                _lost[:] = [cause for cause in [error.__cause__] if cause is not None]
            return _C._autograd.DeviceType.PrivateUse1

    return Guard()


def _patch_engine() -> None:
    """Let backward raise the exception that the device guard had to take."""
    variable: Any = torch.autograd.Variable
    base: Any = type(variable._execution_engine)

    class Engine(base):  # type: ignore[misc]  # a class of C++
        def run_backward(self, *args: Any, **kwargs: Any) -> Any:
            try:
                return super().run_backward(*args, **kwargs)
            except SystemError:
                if not _lost:
                    raise
            raise _lost.pop()

    variable._execution_engine = Engine()


def _is_sim(device: Any) -> bool:
    return device is not None and torch.device(device).type == NAME


def _register_pinning() -> Any:
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


def _patch_storages() -> None:
    """Make storages on sim: torch asks an allocator in C++ for them, and sim has none."""
    from torchkata.devices.sim_memory import device_storage

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
        return storage_class(device=NAME) if self.device.type == NAME else new(self)

    storage_class.__new__ = staticmethod(construct_anywhere)
    storage_class.new = new_anywhere


def _patch_modules() -> None:
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
            if {old.device.type, new.device.type} == {"cpu", NAME}:
                _swap(old, new)
                self._parameters[name] = old
        return result

    module_class._apply = apply_in_place


def _swap(old: Any, new: Any) -> None:
    hooks = old._backward_hooks, old._post_accumulate_grad_hooks
    _C._swap_tensor_impl(old, new)
    # The hooks themselves stay behind; being set makes them new ones.
    old._backward_hooks, old._post_accumulate_grad_hooks = hooks


def _patch_data() -> None:
    """Let `x.data = y` take a tensor to or from sim, as with CUDA.

    torch takes one only between the kinds of device it lists. There a gradient stays behind; here
    it comes along, as it does with a module.
    """
    tensor_class: Any = torch.Tensor
    data: Any = _C.TensorBase.data

    def write(self: Tensor, value: Any) -> None:
        moves = isinstance(value, Tensor) and {self.device.type, value.device.type} == {"cpu", NAME}
        if not moves or not self.is_leaf:
            data.__set__(self, value)
            return
        requires_grad, gradient = self.requires_grad, self.grad
        _swap(self, value.detach())
        self.requires_grad_(requires_grad)
        if gradient is not None:
            gradient.data = gradient.to(value.device)
            self.grad = gradient

    tensor_class.data = property(data.__get__, write)


def _patch_generators() -> None:
    """Let torch.Generator(device="sim") work: a backend in Python can't offer it to torch."""
    from torchkata.devices.sim_generators import Generator

    namespace: Any = torch
    namespace.Generator = Generator


def _patch_synchronize() -> None:
    """Let torch.accelerator.synchronize() work, which asks a C++ backend alone."""
    accelerator: Any = torch.accelerator
    synchronize = accelerator.synchronize

    @functools.wraps(synchronize)
    def synchronize_any(device: _DeviceLike = None, /) -> None:
        current = torch.accelerator.current_accelerator()
        if current is None or current.type != NAME:
            synchronize(device)

    accelerator.synchronize = synchronize_any
