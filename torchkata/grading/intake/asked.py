"""What the suite asks a file of an exercise to be: the names in it, and the stub that it was."""

from functools import lru_cache

from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.stubs import public_names, stub_of


@lru_cache(maxsize=1024)
def asked_for(exercise: Exercise) -> tuple[str, ...]:
    """The functions and classes that an exercise asks for: where its solution can't be read, one
    of its own name."""
    try:
        return public_names(exercise.solution_path) or (exercise.name,)
    except (SuiteError, OSError):
        return (exercise.name,)


@lru_cache(maxsize=1024)
def _stub_lines(exercise: Exercise) -> tuple[bytes, ...] | None:
    try:
        return _lines(stub_of(exercise).encode())
    except (SuiteError, OSError):
        return None


def is_stub(raw: bytes, exercise: Exercise) -> bool:
    """Whether a file is the exercise's stub, but for spaces at the ends of its lines."""
    return _lines(raw) == _stub_lines(exercise)


def _lines(raw: bytes) -> tuple[bytes, ...]:
    return tuple(line.rstrip() for line in raw.rstrip().removeprefix(b"\xef\xbb\xbf").splitlines())
