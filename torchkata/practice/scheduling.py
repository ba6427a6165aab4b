"""How pytest-xdist shares out a run with --dist loadgroup."""

from xdist.scheduler import LoadGroupScheduling


class GroupOrFileScheduling(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no type hints
    """Keeps together what a mark groups, and else the items of one file."""

    def _split_scope(self, nodeid: str) -> str:
        group: str = super()._split_scope(nodeid)
        return group if group != nodeid else nodeid.partition("::")[0]
