"""Random generators of sim: each lends the CPU's kernels one that lies in host memory.

torch can't be told of another device by a generator that is made in Python: what it sees of one is
a CPU's. So the CPU's kernels that draw are wrapped, and refuse a generator of sim as they do one
of CUDA.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import torch

from torchkata.devices.sim_memory import CPU, CPU_KEYS, SIM

# What a backend needs of torch is not in torch's stubs.
_Library: Any = torch.library.Library

_GENERATORS: WeakValueDictionary[int, Generator] = WeakValueDictionary()
"""The generators of sim, by the address of their C++ object."""


class _GeneratorType(type(torch._C.Generator)):  # type: ignore[misc]  # a class of C++
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, torch._C.Generator)


class Generator(torch._C.Generator, metaclass=_GeneratorType):
    """`torch.Generator` that can also be asked for on sim; its own instances are on sim."""

    _host: torch._C.Generator

    def __new__(cls, device: torch.device | str | int | None = "cpu") -> Any:
        if device is None or torch.device(device).type != SIM.type:
            return torch._C.Generator(device)
        generator: Any = super().__new__(cls)
        generator._host = torch._C.Generator()
        _GENERATORS[_address(generator)] = generator
        return generator

    @property
    def device(self) -> torch.device:  # type: ignore[override]  # an attribute in the stubs
        return SIM

    def manual_seed(self, seed: int) -> Generator:
        self._host.manual_seed(seed)
        return self

    def seed(self) -> int:
        return self._host.seed()

    def initial_seed(self) -> int:
        return self._host.initial_seed()

    def get_state(self) -> torch.Tensor:
        return self._host.get_state()

    def set_state(self, new_state: torch.Tensor) -> Generator:
        self._host.set_state(new_state)
        return self

    def clone_state(self) -> Any:
        clone: Any = Generator(SIM)
        return clone.set_state(self.get_state())

    def __reduce__(self) -> Any:
        return Generator, (SIM.type,), (self.initial_seed(), None, self.get_state())

    def __setstate__(self, state: tuple[int, int | None, torch.Tensor]) -> None:
        seed, _offset, numbers = state
        self.manual_seed(seed).set_state(numbers)


def lend_generator(generator: torch._C.Generator) -> torch._C.Generator:
    """The CPU's generator of a generator of sim, for a kernel of sim.

    Raises RuntimeError, in CUDA's words, where it is of another device.
    """
    own = _GENERATORS.get(_address(generator))
    if own is None:
        raise _foreign(SIM, generator.device)
    return own._host


def register() -> Any:
    """Let the CPU's kernels refuse generators of sim, as long as the library returned lasts."""
    library = _Library("aten", "IMPL")
    with warnings.catch_warnings():
        # torch tells that a kernel takes the place of another, and here it has to.
        warnings.simplefilter("ignore")
        for qualified in torch._C._dispatch_get_registrations_for_dispatch_key("CPU"):
            name = qualified.removeprefix("aten::")
            if name == qualified or not _draws(qualified):
                continue
            kernel = torch.library.get_kernel(qualified, "CPU")
            library.impl(name, partial(_run, kernel), "CPU")
    return library


def _address(generator: Any) -> int:
    address: int = generator._cdata
    return address


def _draws(qualified: str) -> bool:
    """Whether an operator takes a generator."""
    name, _, overload = qualified.partition(".")
    arguments = torch._C._get_schema(name, overload).arguments
    return any("Generator" in str(argument.type) for argument in arguments)


def _run(kernel: Any, *args: Any, **kwargs: Any) -> Any:
    for value in (*args, *kwargs.values()):
        if isinstance(value, torch._C.Generator) and _address(value) in _GENERATORS:
            raise _foreign(CPU, SIM)
    return kernel.call_boxed(CPU_KEYS, *args, **kwargs)


def _foreign(wanted: torch.device, found: torch.device) -> RuntimeError:
    return RuntimeError(
        f"Expected a '{wanted.type}' device type for generator but found '{found.type}'"
    )
