"""Values as JSON, with what students may put into texts: in the gradebook, and between machines."""

import json
from typing import TypeVar

import msgspec

_Value = TypeVar("_Value")


def packed(value: object) -> bytes:
    """A value as JSON. The same value has the same bytes."""
    try:
        return msgspec.json.encode(value, order="deterministic")
    except UnicodeEncodeError:  # a lone surrogate, which json escapes
        return json.dumps(msgspec.to_builtins(value, order="deterministic")).encode()


def unpacked(raw: bytes, kind: type[_Value]) -> _Value:
    """The value that `packed` made JSON of. Raises ValueError where it is another."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except ValueError:  # msgspec's errors are, and json's and Unicode's
        return msgspec.convert(json.loads(raw), kind)
