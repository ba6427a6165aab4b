"""The operations that were called though they are banned."""

from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation


def compare_operations(expected: Observation, actual: Observation) -> Difference | None:
    """The banned operations that only the implementation calls."""
    allowed = dict(expected.banned)
    extra = [(name, line) for name, line in actual.banned if name not in allowed]
    if not extra:
        return None
    calls = " and ".join(f"{name} in line {line}" for name, line in extra)
    sentence = f"calls {calls}, which this kata is about doing without"
    return Difference(Stage.OPERATIONS, "operations", sentence)
