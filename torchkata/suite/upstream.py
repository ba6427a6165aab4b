"""What the suite's remote has that a clone has not, and the way from one to the other."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from torchkata.suite.clone import Clone, GitError
from torchkata.suite.curriculum import SuiteError

NOTHING_CHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Steps:
    """From the commit `head` of a clone to `new` of the suite; `base` is the last that both have.

    `theirs` are the learner's files that differ between `base` and `new`, `moved` those among them
    that stand in another topic now, with the path that they had. `source` names the remote.
    """

    source: str
    base: str
    head: str
    new: str
    theirs: tuple[str, ...]
    moved: Mapping[str, str]

    def was(self, path: str) -> str:
        """Where a file stood before."""
        return self.moved.get(path, path)


def fetched(clone: Clone) -> Steps | None:
    """Fetch what the suite's remote has: the way there, or None where there is nothing new.

    Raises SuiteError, which says what to do, where the clone can't be brought there.
    """
    _refuse_unready(clone)
    remote = _remote(clone)
    url = clone.git("remote", "get-url", remote)
    whole = clone.git("rev-parse", "--is-shallow-repository") == "false"
    try:
        clone.git("fetch", "-q", *([] if whole else ["--unshallow"]), remote)
        clone.git("fetch", "-q", remote, "HEAD")
    except GitError as error:
        raise SuiteError(
            f"{remote} ({url}) can't be reached: {_last_line(error)} {NOTHING_CHANGED}"
        ) from None
    new, head = clone.git("rev-parse", "FETCH_HEAD"), clone.git("rev-parse", "HEAD")
    try:
        base = clone.git("merge-base", head, new)
    except GitError:
        raise SuiteError(
            f"{remote} ({url}) has no commit in common with this clone: it is another suite. "
            "`git remote add upstream URL` with the URL of this one; then update."
        ) from None
    if base == new:
        return None
    theirs = [path for path in clone.changed(base, new) if _is_learners(path)]
    gone = {PurePosixPath(path).name: path for path in clone.changed(base, new, "D")}
    moved = {
        path: gone[PurePosixPath(path).name]
        for path in clone.changed(base, new, "A")
        if path in theirs and PurePosixPath(path).name in gone and not (clone.root / path).exists()
    }
    moved = {path: was for path, was in moved.items() if was in theirs}
    return Steps(f"{remote} ({url})", base, head, new, tuple(theirs), moved)


def _refuse_unready(clone: Clone) -> None:
    if is_merging(clone):
        raise SuiteError(
            "A merge is under way in this clone. Finish it, or `git merge --abort`; then update."
        )
    try:
        clone.git("symbolic-ref", "-q", "HEAD")
    except GitError:
        raise SuiteError(
            "This clone is on no branch: HEAD is detached. `git switch main`, or whatever your "
            "branch is called; then update."
        ) from None


def is_merging(clone: Clone) -> bool:
    """Whether a merge has begun and is not committed."""
    try:
        return bool(clone.git("rev-parse", "-q", "--verify", "MERGE_HEAD"))
    except GitError:
        return False


def _remote(clone: Clone) -> str:
    """The remote that has the suite: `upstream` in a clone of a fork of one's own."""
    remotes = clone.git("remote").split()
    followed = ""
    with suppress(GitError):
        branch = clone.git("symbolic-ref", "--short", "HEAD")
        followed = clone.git("config", f"branch.{branch}.remote")
    for name in ("upstream", followed, "origin", *remotes[:1]):
        if name in remotes:
            return name
    raise SuiteError(
        "This clone has no remote to take updates from. `git remote add upstream URL`, with the "
        "URL of the suite; then update."
    )


def _last_line(error: GitError) -> str:
    """What git says of a remote that it doesn't reach, without its advice."""
    lines = [line for line in str(error).split("\n") if line.startswith(("fatal: ", "ssh: "))]
    said = lines[0].partition(": ")[2] if lines else str(error)
    return said if said.endswith(".") else f"{said}."


def _is_learners(path: str) -> bool:
    return path.startswith("exercises/") and path.endswith(".py")
