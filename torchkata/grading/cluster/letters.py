"""What goes between client and seats, as bytes of a known type: never pickled objects."""

from collections.abc import Iterable, Sequence

import msgspec

from torchkata.grading.grades import Basis, ExerciseResult
from torchkata.grading.judging.work import Piece
from torchkata.grading.packing import packed, unpacked


class _Piece(msgspec.Struct, array_like=True):
    """A Piece, whose source is either bytes or the sentence why it can't be read."""

    exercise: str
    basis: Basis
    file: str
    source: bytes | None
    unreadable: str | None
    seed: int


def from_pieces(submissions: Iterable[Sequence[Piece]]) -> bytes:
    """The pieces of some submissions, packed."""
    return packed([[_packed(each) for each in pieces] for pieces in submissions])


def to_pieces(raw: bytes) -> list[tuple[Piece, ...]]:
    """The pieces that `from_pieces` packed. Raises ValueError."""
    return [tuple(map(_unpacked, pieces)) for pieces in unpacked(raw, list[list[_Piece]])]


def from_results(submissions: Sequence[Sequence[ExerciseResult]]) -> bytes:
    """The results of some submissions, packed as the gradebook keeps them."""
    return packed(submissions)


def to_results(raw: bytes) -> list[list[ExerciseResult]]:
    """The results that `from_results` packed. Raises ValueError."""
    return unpacked(raw, list[list[ExerciseResult]])


def _packed(piece: Piece) -> _Piece:
    source, unreadable = (
        (None, piece.source) if isinstance(piece.source, str) else (piece.source, None)
    )
    return _Piece(piece.exercise, piece.basis, piece.file, source, unreadable, piece.seed)


def _unpacked(piece: _Piece) -> Piece:
    source = piece.unreadable if piece.source is None else piece.source
    if source is None:
        raise ValueError("a piece has no source")
    return Piece(piece.exercise, piece.basis, piece.file, source, piece.seed)
