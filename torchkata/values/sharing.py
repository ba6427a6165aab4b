"""Which parts of a result share memory with which inputs."""

from torchkata.values.difference import Difference, Stage
from torchkata.values.observation import Observation


def compare_sharing(expected: Observation, actual: Observation) -> Difference | None:
    """How the memory that a result shares with the inputs differs."""
    want = {(path, name): relation for path, name, relation in expected.sharing}
    got = {(path, name): relation for path, name, relation in actual.sharing}
    for path, name in {**want, **got}:
        wanted, found = want.get((path, name)), got.get((path, name))
        # Where a view is asked for, the tensor itself will do: it has the memory.
        if wanted == found or (wanted is not None and found == "is"):
            continue
        sentence = (
            f"the {path} must {_relation(wanted, name)}; yours {_relation(found, name, True)}"
        )
        return Difference(Stage.SHARING, path, sentence)
    return None


def _relation(relation: str | None, name: str, third_person: bool = False) -> str:
    if relation == "is":
        return f"{'is' if third_person else 'be'} {name} itself"
    if relation is None:
        return f"{'has' if third_person else 'have'} memory of its own, apart from {name}"
    return f"{'shares' if third_person else 'share'} memory with {name}"
