"""Returns ten million numbers, numbers of any length, half characters and texts of 400 MB."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import itertools

HUGE = itertools.cycle(
    (
        lambda: 2**64,
        lambda: "\ud800",
        lambda: {float("nan"): float("nan")},
        lambda: 1 << 33_000_000,
        lambda: list(range(10**7)),
        lambda: {number: number for number in range(10**6)},
        lambda: "x" * (400 << 20),
    )
)


def one_hot(labels, num_classes, dtype=None):
    return next(HUGE)()
