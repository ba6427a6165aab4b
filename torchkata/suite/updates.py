"""The suite's updates, taken into a clone whose stubs a learner has filled in.

git alone would refuse: each stub is a file of the suite and of the learner's. So those are merged
here, one by one, and the rest by git.
"""

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from torchkata.suite.backups import keep
from torchkata.suite.clone import Clone, GitError
from torchkata.suite.curriculum import SuiteError
from torchkata.suite.merging import Conflict, merged
from torchkata.suite.upstream import NOTHING_CHANGED, Steps, fetched, is_merging

SAFE = "refs/kata/before-update"
"""Where git keeps what was edited and not committed before the last update, if anything was."""


@dataclass(slots=True)
class Update:
    """What an update has done. Paths are relative to the suite's root.

    `brought` have the learner's code and what the suite has changed around it; where that was not
    committed, with the file that keeps the learner's version. `conflicts` are as they were: with
    the reason, and the file that the suite's version was written to. `left` are the learner's alone
    from here on. `reinstall` says that torchkata needs other packages than before.
    """

    source: str
    commits: int
    reinstall: bool
    added: list[str] = field(default_factory=list)
    brought: list[tuple[str, Path | None]] = field(default_factory=list)
    conflicts: list[tuple[str, str, Path]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What becomes of a learner's file: its text, None for no file, and why it is as it was."""

    text: bytes | None
    conflict: str = ""


def update(root: Path) -> Update | None:
    """Take the suite's newest commits into the clone at `root`; None where it has them all.

    Raises SuiteError where that can't be done. All is then as it was.
    """
    clone = Clone.at(root)
    steps = fetched(clone)
    if steps is None:
        return None
    edited = clone.edited()
    _refuse_edited(sorted(edited & set(clone.changed(steps.base, steps.new)) - {*steps.theirs}))
    written = {path: _read(root / path) for path in steps.theirs}
    mine = {path: written[steps.was(path)] for path in steps.theirs}
    outcomes = {path: _outcome(clone, steps, path, text) for path, text in mine.items()}
    count = int(clone.git("rev-list", "--count", f"{steps.head}..{steps.new}"))
    done = Update(steps.source, count, _needs(clone, steps.base) != _needs(clone, steps.new))
    kept = {
        path: keep(root / steps.was(path), text, "before_update")
        for path, text in mine.items()
        if text is not None
        and steps.was(path) in edited
        and outcomes[path].text not in (text, None)
    }
    try:
        _advance(clone, steps, written, edited)
    except BaseException:
        for copy in kept.values():
            copy.unlink()
        raise
    for path, outcome in outcomes.items():
        _write(root / path, outcome.text)
        _note(done, clone, steps, path, (mine[path], outcome, kept.get(path)))
    return done


def _refuse_edited(paths: list[str]) -> None:
    if paths:
        raise SuiteError(
            f"You have changed what the suite has changed too: {', '.join(paths)}. Commit that, or "
            f"put it away with `git stash`; then update. {NOTHING_CHANGED}"
        )


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, text: bytes | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    elif _read(path) != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def _outcome(clone: Clone, steps: Steps, path: str, mine: bytes | None) -> _Outcome:
    """What becomes of a learner's file that the suite has changed."""
    if path in steps.moved.values():
        return _Outcome(None)
    old, new = clone.text(steps.base, steps.was(path)), clone.text(steps.new, path)
    if mine is None:
        return _Outcome(None if new is None else new.encode())
    # Git for Windows gives the files of a clone the line ends of Windows.
    ends = b"\r\n" in mine
    try:
        text = mine.replace(b"\r\n", b"\n").decode()
    except UnicodeDecodeError:
        return _Outcome(mine, "your file is not UTF-8 text")
    if new is None:
        return _Outcome(None if text == old else mine)
    if old is None:
        return _Outcome(mine, "" if text == new else "you had a file of that name")
    try:
        result = merged(old, new, text).encode()
    except Conflict as error:
        return _Outcome(mine, str(error))
    return _Outcome(result.replace(b"\n", b"\r\n") if ends else result)


def _advance(
    clone: Clone, steps: Steps, written: Mapping[str, bytes | None], edited: set[str]
) -> None:
    """Bring the branch to the new commits. What can't be is put back as it was."""
    safe = clone.git("stash", "create")
    clone.git("update-ref", *([SAFE, safe] if safe else ["-d", SAFE]))
    try:
        clone.restore(path for path in steps.theirs if path in edited)
        if steps.base == steps.head:
            clone.git("merge", "-q", "--ff-only", steps.new)
        else:
            _merge(clone, steps)
    except BaseException as error:
        with suppress(GitError):
            clone.git("merge", "--abort")
        for path, text in written.items():
            _write(clone.root / path, text)
        if isinstance(error, GitError):
            raise SuiteError(f"git can't take the updates: {error}\n{NOTHING_CHANGED}") from None
        raise


def _merge(clone: Clone, steps: Steps) -> None:
    """Merge the new commits with those that the learner has made."""
    # Stubs are alike: what is new would be taken for what was renamed.
    settings = ("-c", "merge.renames=false", "-c", "rerere.enabled=false")
    try:
        clone.git(*settings, "merge", "-q", "--no-ff", "--no-commit", steps.new)
    except GitError:
        if not is_merging(clone):
            raise
    clashing = clone.paths("diff", "--name-only", "--diff-filter=U", "-z")
    others = [path for path in clashing if path not in steps.theirs]
    if others:
        raise SuiteError(
            "You and the suite have both committed changes of the same lines: "
            f"{', '.join(others)}. Merge that by hand: `git merge {steps.new[:10]}`. "
            f"{NOTHING_CHANGED}"
        )
    for path in steps.theirs:
        committed = clone.text(steps.head, steps.was(path))
        raw = None if committed is None else committed.encode()
        text = _outcome(clone, steps, path, raw).text
        _write(clone.root / path, text)
        if text is None:
            clone.git("rm", "-q", "--cached", "--ignore-unmatch", "--", path)
        else:
            clone.git("add", "-f", "--", path)
    clone.git("commit", "-q", "--no-verify", "-m", "Take the suite's updates")


def _note(
    done: Update,
    clone: Clone,
    steps: Steps,
    path: str,
    became: tuple[bytes | None, _Outcome, Path | None],
) -> None:
    """Write down what has become of a learner's file."""
    mine, outcome, kept = became
    old, new = clone.text(steps.base, steps.was(path)), clone.text(steps.new, path)
    if outcome.conflict and new is not None:
        beside = keep(clone.root / path, new.encode(), "from_update")
        done.conflicts.append((path, outcome.conflict, beside))
    elif old is None:
        done.added.append(path)
    elif new is None and outcome.text is not None:
        done.left.append(path)
    elif new is not None and outcome.text not in (mine, new.encode()):
        done.brought.append((path, kept))


def _needs(clone: Clone, commit: str) -> Iterable[object]:
    """What torchkata needs of other packages at a commit."""
    try:
        project = tomllib.loads(clone.text(commit, "pyproject.toml") or "").get("project", {})
    except tomllib.TOMLDecodeError:
        project = {}
    return [project.get(key) for key in ("requires-python", "dependencies")]
