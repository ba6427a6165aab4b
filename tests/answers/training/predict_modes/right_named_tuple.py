"""A named tuple, and bool() round what is given."""

from typing import NamedTuple


class Effects(NamedTuple):
    dropout: bool
    averages: bool
    graph: bool


def effects(training, grad):
    return Effects(graph=bool(grad), dropout=bool(training), averages=bool(training))
