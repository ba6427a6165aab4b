"""The suite's folder as a clone that git keeps: what is asked of git, in one place."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from torchkata.suite.curriculum import SuiteError

_ENGLISH = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}


class GitError(SuiteError):
    """What git said when it could not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone by its top folder. Paths are relative to that, with slashes."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> "Clone":
        """The clone at a suite's root. Raises SuiteError, which says what to do, for another."""
        if shutil.which("git") is None:
            raise SuiteError("git is not installed, or is not on the PATH. Install it.")
        clone = cls(root)
        try:
            top = clone.git("rev-parse", "--show-toplevel")
        except GitError as error:
            if "not a git repository" not in str(error):
                raise
            top = ""
        if not top or not os.path.samefile(top, root):
            raise SuiteError(
                f"{root} is no git clone, so it can't be updated. Clone the suite into another "
                "folder, copy your files of exercises/ and .kata.sqlite there, and go on there."
            )
        return clone

    def git(self, *arguments: str) -> str:
        """What a git command writes, without the line's end. Raises GitError."""
        return self._run(arguments).decode(errors="replace").rstrip("\n")

    def paths(self, *arguments: str) -> list[str]:
        """The paths that a git command lists with -z. Raises GitError."""
        return [os.fsdecode(each) for each in self._run(arguments).split(b"\0") if each]

    def text(self, commit: str, path: str) -> str | None:
        """A file of a commit; None where it has none of that path, or it is no text."""
        try:
            return self._run(("show", f"{commit}:{path}")).decode()
        except (GitError, UnicodeDecodeError):
            return None

    def changed(self, old: str, new: str, kinds: str = "ADMT") -> list[str]:
        """The paths of what differs between two commits: added, deleted, modified, another type."""
        which = f"--diff-filter={kinds}"
        return self.paths("diff", "--name-only", "--no-renames", which, "-z", old, new)

    def edited(self) -> set[str]:
        """The paths of what differs from the last commit, and of what git doesn't know."""
        listed = self.paths("status", "--porcelain", "--no-renames", "--untracked-files=all", "-z")
        return {each[3:] for each in listed}

    def restore(self, paths: Iterable[str]) -> None:
        """Put files back as the last commit has them; one that it has not is removed."""
        for path in paths:
            if self.text("HEAD", path) is not None:
                self.git("checkout", "-q", "HEAD", "--", path)
            else:
                (self.root / path).unlink(missing_ok=True)

    def _run(self, arguments: Iterable[str]) -> bytes:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **_ENGLISH},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            raise GitError(said or f"git ended with status {done.returncode}")
        return done.stdout
