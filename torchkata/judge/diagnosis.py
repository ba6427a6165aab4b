"""Which misconception an implementation behaves like."""

from collections.abc import Callable, Sequence

from torchkata.judge.oracle import Oracle
from torchkata.properties import Misconception, Property
from torchkata.values.observation import Observation


def diagnose(
    oracle: Oracle,
    failed: Property,
    device: str,
    seen: Callable[[Property], Sequence[Observation]],
    grows: Callable[[Property], bool],
) -> Misconception | None:
    """The one misconception that behaves just as the implementation; None where it isn't clear.

    It must do so on all the inputs of the property that failed, and of the others that look at it.
    Where none does, since there is another mistake too, one is enough that does so for the property
    that failed, if no other misconception does.
    `seen` gives what the implementation did with a property's inputs, `grows` whether the number
    of its operations grows with the size of a vectorized property's inputs.
    """

    def behaves(mark: Misconception, prop: Property) -> bool:
        if not oracle.matches(mark, prop, device, seen(prop)):
            return False
        if prop.vectorized is None:
            return True
        return oracle.misconception_grows(mark, prop, device) == grows(prop)

    here = [mark for mark in oracle.specification.misconceptions if behaves(mark, failed)]
    if len(here) < 2:  # what the other properties say would change nothing
        return next(iter(here), None)
    candidates = list(here)
    for other in oracle.specification.properties:
        concerned = [mark for mark in candidates if mark.of in other.targets]
        if other is not failed:
            for mark in concerned:
                if not behaves(mark, other):
                    candidates.remove(mark)
    found = candidates or here
    return found[0] if len(found) == 1 else None
