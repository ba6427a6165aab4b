"""Values as Python code that makes them again."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

WIDTH = 76
"""Columns of a line of code, where a tensor can be broken into several."""

LARGEST = 1000
"""Elements of the largest tensor that is written out."""

SIM = "from torchkata.devices import sim; sim.register()"

_INFERRED = (torch.float32, torch.int64, torch.bool)
_SHORTEST = {torch.float16: np.float16, torch.bfloat16: np.float32, torch.float32: np.float32}


class Unwritable(Exception):
    """A value that no code here makes again; the message names its type."""


class Writer:
    """Writes values as expressions, and notes the import lines that these need.

    Tensors are written by the names in `names`, by `id`, where they have one.
    """

    def __init__(self, names: Mapping[int, str] | None = None) -> None:
        self.imports: dict[str, None] = {}
        self.names = dict(names or {})

    def written(self, value: Any) -> str:
        """An expression for a value. Raises Unwritable."""
        if id(value) in self.names:
            return self.names[id(value)]
        kind = type(value)
        match value:
            case None | bool() | int() | str() | bytes() | slice() | range():
                if kind in (type(None), bool, int, str, bytes, slice, range):
                    return repr(value)
            case float() if kind is float:
                return self._number(value, repr)
            case complex() if kind is complex:
                real, imaginary = (self._number(each, repr) for each in (value.real, value.imag))
                return f"complex({real}, {imaginary})"
            case torch.device():
                self.imports["import torch"] = None
                return f'torch.device("{value.type}")'
            case torch.dtype() | torch.Size():
                self.imports["import torch"] = None
                return repr(value)
            case list() if kind is list:
                return "[" + ", ".join(map(self.written, value)) + "]"
            case tuple() if kind is tuple:
                inside = ", ".join(map(self.written, value))
                return f"({inside},)" if len(value) == 1 else f"({inside})"
            case dict() if kind is dict:
                pairs = (f"{self.written(k)}: {self.written(v)}" for k, v in value.items())
                return "{" + ", ".join(pairs) + "}"
            case torch.Tensor():
                return self.tensor(value)
            case np.ndarray() if kind is np.ndarray:
                return self._array(value)
        raise Unwritable(f"a value of type {kind.__name__}")

    def tensor(self, tensor: torch.Tensor, lead: int = 0) -> str:
        """An expression for a tensor: its values, dtype, layout, device, and requires_grad.

        `lead` is how many columns stand before it. Raises Unwritable for a tensor with a history
        or with hooks: what it came from belongs to it.
        """
        kind = type(tensor)
        if kind not in (torch.Tensor, torch.nn.Parameter) or tensor.layout is not torch.strided:
            raise Unwritable(f"a {kind.__name__}")
        if not tensor.is_leaf or tensor._backward_hooks or tensor.grad is not None:
            raise Unwritable("a tensor that something was done with")
        self.imports["import torch"] = None
        options = "" if tensor.dtype in _INFERRED else f", dtype={tensor.dtype}"
        if tensor.device.type == "sim":
            self.imports[SIM] = None
        if tensor.device.type != "cpu":
            options += f', device="{tensor.device.type}"'
        if kind is torch.nn.Parameter:
            data = self._laid_out(tensor.detach(), options, lead + 19)
            plain = "" if tensor.requires_grad else ", requires_grad=False"
            return f"torch.nn.Parameter({data}{plain})"
        text = self._laid_out(tensor.detach(), options, lead)
        if not tensor.requires_grad:
            return text
        made = text.startswith("torch.tensor(") and tensor.is_contiguous() and text.endswith(")")
        if made and not tensor.storage_offset():
            return f"{text[:-1]}, requires_grad=True)"
        return f"{text}.requires_grad_()"

    def _laid_out(self, tensor: torch.Tensor, options: str, lead: int) -> str:
        flat = torch.empty(0, dtype=tensor.dtype, device=tensor.device)
        flat = flat.set_(tensor.untyped_storage())
        if max(flat.numel(), tensor.numel()) > LARGEST:
            raise Unwritable(f"a tensor of {tensor.numel()} elements")
        if tensor.is_contiguous() and flat.numel() == tensor.numel():
            if tensor.numel() == 0 and tensor.dim() != 1:
                dtype = options or (
                    "" if tensor.dtype is torch.float32 else f", dtype={tensor.dtype}"
                )
                return f"torch.empty({tuple(tensor.shape)}{dtype})"
            return self._literal(tensor, options, lead)
        if tensor.dim() == 2 and tensor.T.is_contiguous() and flat.numel() == tensor.numel():
            return f"{self._literal(tensor.T, options, lead)}.T"
        place = f"{tuple(tensor.shape)}, {tensor.stride()}, {tensor.storage_offset()}"
        return f"{self._literal(flat, options, lead)}.as_strided({place})"

    def _literal(self, tensor: torch.Tensor, options: str, lead: int) -> str:
        shortest = _SHORTEST.get(tensor.dtype)

        def number(value: Any) -> str:
            if isinstance(value, float):
                return self._number(value, repr if shortest is None else lambda x: str(shortest(x)))
            return self.written(value)

        if tensor.numel() == 0 and tensor.dtype in (torch.int64, torch.bool):
            options = f", dtype={tensor.dtype}{options}"
        values = tensor.cpu().tolist()
        return f"torch.tensor({_nested(values, number, lead + 13)}{options})"

    def _array(self, array: np.ndarray[Any, Any]) -> str:
        self.imports["import numpy as np"] = None
        if array.dtype.hasobject or array.dtype.kind not in "biufc" or array.dtype.itemsize > 16:
            raise Unwritable(f"an array of {array.dtype}")
        if array.dtype.kind in "fc" and array.dtype not in (
            *(np.float16, np.float32, np.float64, np.complex64, np.complex128),
            *(np.dtype(">f2"), np.dtype(">f4"), np.dtype(">f8")),
        ):
            raise Unwritable(f"an array of {array.dtype}")
        order = ""
        if not array.flags.c_contiguous:
            if not array.flags.f_contiguous:
                raise Unwritable("an array that lies with gaps")
            order = ', order="F"'
        if array.size == 0:
            return f"np.empty({array.shape}, dtype={array.dtype.str!r}{order})"
        name = array.dtype.name if array.dtype.isnative else array.dtype.str
        values = _nested(array.tolist(), self.written, 0)
        return f"np.array({values}, dtype={name!r}{order})"

    def _number(self, value: float, shortest: Any) -> str:
        if math.isfinite(value):
            return str(shortest(value))
        self.imports["from math import inf, nan"] = None
        return repr(value)


def _nested(values: Any, number: Any, lead: int) -> str:
    """Nested lists in brackets, in one line or with a line for each row, begun at column `lead`."""
    if not isinstance(values, list):
        return str(number(values))
    parts = [_nested(each, number, lead + 1) for each in values]
    line = f"[{', '.join(parts)}]"
    if "\n" not in line and lead + len(line) <= WIDTH - 16:
        return line
    if values and not isinstance(values[0], list):
        return _filled(parts, lead)
    return "[" + (",\n" + " " * (lead + 1)).join(parts) + "]"


def _filled(parts: list[str], lead: int) -> str:
    lines, line = [], ""
    for part in parts:
        if line and lead + len(line) + len(part) + 4 > WIDTH:
            lines.append(line.rstrip())
            line = ""
        line += f"{part}, "
    lines.append(line.rstrip(", "))
    return "[" + ("\n" + " " * (lead + 1)).join(lines) + "]"
