"""Values and their types in a learner's words."""

from typing import Any

import torch

from torchkata.values.observation import ArraySeen, ContainerSeen, OpaqueSeen, TensorSeen

_LONGEST = 200
_SHORT = 40


def written(value: Any) -> str:
    """Plain data as Python writes it, but not endlessly long."""
    try:
        text = repr(_plain(value))
    except ValueError:  # Python refuses to write an int of thousands of digits
        return f"an int of {value.bit_length()} bits"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def is_short(value: Any) -> bool:
    """Whether a container holds plain values alone, and few enough to be read at a glance."""
    if not isinstance(value, ContainerSeen) or not _holds_plain_values(value):
        return False
    return len(written(value)) <= _SHORT


def _holds_plain_values(value: Any) -> bool:
    if isinstance(value, ContainerSeen):
        return all(map(_holds_plain_values, value.items))
    return not isinstance(value, TensorSeen | ArraySeen | OpaqueSeen)


def _plain(value: Any) -> Any:
    """A value as seen as Python has it."""
    if not isinstance(value, ContainerSeen):
        return value
    items = [_plain(each) for each in value.items]
    match value.kind:
        case "dict":
            return dict(zip(value.keys, items, strict=True))
        case "tuple":
            return tuple(items)
        case "set":
            return set(items)
    return items


def type_name(value: Any) -> str:
    """The type of a value as seen, as a learner would say it."""
    match value:
        case TensorSeen():
            return "a tensor"
        case ArraySeen():
            return "a numpy array"
        case ContainerSeen(kind=kind, items=items):
            return f"a {kind} of {len(items)}"
        case OpaqueSeen(type_name=name):
            return with_article(name)
        case None:
            return "None"
        case torch.dtype():
            return "a dtype"
        case bool():
            return "a bool"
    return with_article(type(value).__name__)


def with_article(name: str) -> str:
    """A name as a noun of one thing: `an int`, `a tensor`."""
    return f"an {name}" if name[:1].lower() in tuple("aeio") else f"a {name}"


def dtype_name(dtype: torch.dtype | str) -> str:
    """A dtype as a learner says it: `float32`."""
    return str(dtype).removeprefix("torch.")
