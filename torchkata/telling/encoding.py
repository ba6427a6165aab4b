"""Text that has no UTF-8."""

from typing import Any


def encodable(data: Any) -> Any:
    """Data as JSON has it, with an escape for each lone surrogate, which UTF-8 doesn't have.

    Tuples become lists.
    """
    match data:
        case str():
            return data.encode(errors="backslashreplace").decode()
        case list() | tuple():
            return [encodable(each) for each in data]
        case dict():
            return {key: encodable(value) for key, value in data.items()}
    return data
