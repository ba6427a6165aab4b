"""How pytest-xdist shares out a run: what belongs together goes to one process."""

from xdist.scheduler import LoadFileScheduling, LoadGroupScheduling


class Together(LoadFileScheduling):  # type: ignore[misc]  # xdist has no type hints
    """Keeps together the items of one file, and of all files that check one exercise.

    So a learner's file is loaded once, and can end only one process; and what is expected of an
    exercise is made once for its test file and its answers.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _together(nodeid)


class GroupOrTogether(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no type hints
    """Keeps together what a mark groups, and else as Together."""

    def _split_scope(self, nodeid: str) -> str:
        group: str = super()._split_scope(nodeid)
        return group if group != nodeid else _together(nodeid)


def _together(nodeid: str) -> str:
    path = nodeid.partition("::")[0]
    match path.split("/"):
        case ["tests", "answers", topic, name, _]:
            return f"{topic}/{name}"
        case ["tests", topic, test]:
            return f"{topic}/{test.removeprefix('test_').removesuffix('.py')}"
    return path
