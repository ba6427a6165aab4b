"""The learner's version of a file, kept beside the stub that takes its place."""

from pathlib import Path

from torchkata.suite.curriculum import Exercise, SuiteError
from torchkata.suite.stubs import stub_of, write_stub


def reset(exercise: Exercise, before: str = "reset") -> Path | None:
    """Write an exercise's stub again; gives where the learner's version is kept.

    `before` is the word that the kept file has in its name.

    None where there was nothing to keep: the file was missing, or was the stub. No file but the
    stub is ever written over. Raises SuiteError where a file can't be read or written; the
    learner's version is then still there.
    """
    path = exercise.stub_path
    stub = stub_of(exercise).encode()
    try:
        theirs = path.read_bytes() if path.exists() else stub
        kept = keep(path, theirs, f"before_{before}") if theirs != stub else None
        write_stub(exercise)
    except OSError as error:
        raise SuiteError(f"{error.filename or path}: {error.strerror}. Nothing is lost.") from None
    return kept


def keep(path: Path, text: bytes, occasion: str) -> Path:
    """Write a text beside `path`, in a file that is called by the occasion and is not there yet.

    Raises OSError.
    """
    number = 1
    while True:
        suffix = f".{occasion}.py" if number == 1 else f".{occasion}_{number}.py"
        kept = path.with_suffix(suffix)
        try:
            with kept.open("xb") as file:
                file.write(text)
            return kept
        except FileExistsError:
            number += 1
