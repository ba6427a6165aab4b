"""`sim`, a simulated accelerator that every machine has, to catch a forgotten `device=`.

It really computes, on CPU memory, and accepts and refuses what CUDA does, in CUDA's words.
Random numbers come from the CPU's default generator. After `register()`, `torch.device("sim")`,
`x.to("sim")`, `x.is_sim`, `torch.zeros(2, device="sim")` and `torch.sim` work.
"""

from __future__ import annotations

import functools
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
    from torchkata.devices import sim_generators, sim_operators, sim_patches

    # torch's own type annotations here are missing.
    setup: Any = backend_registration._setup_privateuseone_for_python_backend
    setup(NAME, backend_module=_Module(), device_guard=_device_guard())
    _patch_engine()
    backend_registration.generate_methods_for_privateuse1_backend(
        for_tensor=False, for_module=False, for_packed_sequence=False, for_storage=True
    )
    _registered.extend(sim_operators.register())
    _registered.append(sim_generators.register())
    _registered.append(sim_patches.register_pinning())
    sim_patches.patch_storages()
    sim_patches.patch_modules()
    sim_patches.patch_data()
    sim_patches.patch_generators()
    sim_patches.patch_synchronize()


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
