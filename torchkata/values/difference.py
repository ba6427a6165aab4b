"""What can differ between two observations, in which order, and within which tolerance."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import torch

Tolerance = tuple[float, float]
"""Relative and absolute: a value is right within `atol + rtol * |expected|`."""


TOLERANCES: dict[torch.dtype, Tolerance] = {
    torch.float16: (1e-3, 1e-5),
    torch.bfloat16: (1.6e-2, 1e-5),
    torch.float32: (1.3e-6, 1e-5),
    torch.float64: (1e-10, 1e-12),
    torch.complex32: (1e-3, 1e-5),
    torch.complex64: (1.3e-6, 1e-5),
    torch.complex128: (1e-10, 1e-12),
}
"""By dtype; a dtype that is not here is compared exactly.

Those of torch.testing.assert_close, but for float64 and complex128, where a detour through float32
(6e-8) must show and another order of summation (1e-15 for each number) must not.
"""


class Stage(StrEnum):
    """What is compared, in order."""

    RAN = "ran"
    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    DEVICE = "device"
    VALUES = "values"
    GRADIENT = "gradient"
    AFTERWARDS = "afterwards"
    SHARING = "sharing"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first stage at which two observations differ.

    `where` is the path to the part that differs (`result[0]`), `sentence` says what differs in
    words, and `expected` and `actual` are that part as seen, where showing them says more.
    """

    stage: Stage
    where: str
    sentence: str
    expected: Any = None
    actual: Any = None
    tolerance: Tolerance | None = None
