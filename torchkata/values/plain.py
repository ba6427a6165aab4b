"""Values as seen and inputs as they lie, as typed structures that become bytes: never pickle."""

import msgspec

LARGEST_TEXT = 10_000
"""Characters of the longest text that is packed whole: a message, a line, a name."""


class Malformed(Exception):
    """What should be unpacked is nothing that was packed; the message says how."""


class Tensor(msgspec.Struct, array_like=True, tag=1):
    dtype: str
    shape: list[int]
    device: str
    requires_grad: bool
    data: bytes


class Array(msgspec.Struct, array_like=True, tag=2):
    dtype: str
    shape: list[int]
    data: bytes


class Container(msgspec.Struct, array_like=True, tag=3):
    kind: str
    keys: list["Value"] | None
    items: list["Value"]


class Opaque(msgspec.Struct, array_like=True, tag=4):
    type_name: str


class Dtype(msgspec.Struct, array_like=True, tag=5):
    name: str


class Complex(msgspec.Struct, array_like=True, tag=6):
    real: float
    imag: float


class Integer(msgspec.Struct, array_like=True, tag=7):
    """An int of more than 64 bits."""

    hexadecimal: str


class Text(msgspec.Struct, array_like=True, tag=8):
    """A string with lone surrogates, which UTF-8 does not have."""

    raw: bytes


class Bytes(msgspec.Struct, array_like=True, tag=10):
    raw: bytes


class Line(msgspec.Struct, array_like=True):
    number: int
    function: str
    text: str
    shapes: list[str]


class Raised(msgspec.Struct, array_like=True, tag=9):
    cause: str
    kinds: list[str]
    message: str
    lines: list[Line]


Value = (
    None
    | bool
    | int
    | float
    | str
    | Bytes
    | Tensor
    | Array
    | Container
    | Opaque
    | Dtype
    | Complex
    | Integer
    | Text
)


class GivenTensor(msgspec.Struct, array_like=True, tag=1):
    """An input as it lies in memory: its storage, and how the tensor looks at it."""

    dtype: str
    shape: list[int]
    stride: list[int]
    offset: int
    requires_grad: bool
    data: bytes


class GivenArray(msgspec.Struct, array_like=True, tag=2):
    dtype: str
    shape: list[int]
    strides: list[int]
    data: bytes


class GivenItems(msgspec.Struct, array_like=True, tag=3):
    kind: str
    keys: list[str]
    items: list["Given"]


class GivenDtype(msgspec.Struct, array_like=True, tag=4):
    name: str


Given = None | bool | int | float | str | GivenTensor | GivenArray | GivenItems | GivenDtype


def cut(text: str) -> str:
    """The text, cut where it is too long."""
    return text if len(text) <= LARGEST_TEXT else text[: LARGEST_TEXT - 1] + "…"


def clean(text: str) -> str:
    """Text that fits: cut where it is too long, and with its lone surrogates as escapes."""
    return cut(text).encode("utf-8", "backslashreplace").decode()[:LARGEST_TEXT]


def check(holds: bool, otherwise: str) -> None:
    """Raise Malformed with the sentence where something does not hold."""
    if not holds:
        raise Malformed(otherwise)
