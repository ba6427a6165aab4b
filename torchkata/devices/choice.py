"""The devices that a run judges on, and plain data placed on them."""

from typing import Any

import numpy as np
import torch

from torchkata.devices import sim
from torchkata.devices.sim_memory import to_device

KNOWN = ("cpu", "sim", "cuda")


class DeviceError(Exception):
    """A device was asked for that is not to be had; the message says which and why."""


def absence(name: str) -> str | None:
    """Why the device `name` can't be had here; None where it can."""
    if name == "cpu":
        return None
    if name == "sim":
        return sim.missing()
    if name == "cuda":
        return None if torch.cuda.is_available() else "torch sees no CUDA device on this machine"
    return f"there is no such device; choose from {', '.join(KNOWN)}"


def available() -> tuple[str, ...]:
    """The devices that there are."""
    return tuple(name for name in KNOWN if absence(name) is None)


def choose(asked: str | None) -> tuple[str, ...]:
    """The devices of a run: those asked for, comma-separated, or all that there are.

    Registers sim where it is among them. Raises DeviceError where one asked for can't be had.
    """
    if asked is None:
        names = available()
    else:
        names = tuple(dict.fromkeys(part.strip() for part in asked.split(",") if part.strip()))
        if not names:
            raise DeviceError(f"--device {asked!r} names no device; choose from {', '.join(KNOWN)}")
        for name in names:
            reason = absence(name)
            if reason is not None:
                raise DeviceError(f"--device {name}: {reason}")
    if "sim" in names:
        sim.register()
    return names


def place(data: Any, device: str) -> Any:
    """A deep copy of plain data with its tensors on `device`.

    A tensor keeps its values, dtype, shape, strides, storage offset and requires_grad. Each gets a
    storage of its own. Numpy arrays are copied.
    """
    match data:
        case torch.Tensor():
            return _place_tensor(data, device)
        case np.ndarray():
            return data.copy(order="K")
        case list() | tuple():
            return type(data)(place(each, device) for each in data)
        case dict():
            return {key: place(value, device) for key, value in data.items()}
    return data


def _place_tensor(tensor: torch.Tensor, device: str) -> torch.Tensor:
    flat = torch.empty(0, dtype=tensor.dtype).set_(tensor.untyped_storage())
    copy = flat.to(device) if device == "cuda" else flat.clone()
    # A size of zero or a stride of zero needs care with as_strided alone: set_ keeps every layout.
    placed = torch.empty(0, dtype=tensor.dtype, device=copy.device)
    placed.set_(copy.untyped_storage(), tensor.storage_offset(), tensor.size(), tensor.stride())
    if device == sim.NAME:
        placed = to_device(placed)
    return placed.requires_grad_(tensor.requires_grad)
