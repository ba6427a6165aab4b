"""Values and their types in a learner's words."""

from typing import Any

import torch

from torchkata.values.observation import ArraySeen, ContainerSeen, OpaqueSeen, TensorSeen

_LONGEST = 200
_SHORT = 40


def written(value: Any) -> str:
    """Plain data as Python writes it, but not endlessly long."""
    try:
        text = _text(value)
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


def _text(value: Any) -> str:
    if not isinstance(value, ContainerSeen):
        return repr(value)
    items = [_text(each) for each in value.items]
    inside = ", ".join(items)
    match value.kind:
        case "dict":
            keys = map(_text, value.keys)
            return (
                f"{{{', '.join(f'{key}: {item}' for key, item in zip(keys, items, strict=True))}}}"
            )
        case "tuple":
            return f"({inside},)" if len(items) == 1 else f"({inside})"
        case "set":
            return f"{{{inside}}}" if items else "set()"
    return f"[{inside}]"


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
