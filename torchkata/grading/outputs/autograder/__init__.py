"""A zip that makes a Gradescope autograder of the suite, at its commit, for one assignment."""

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable
from importlib import metadata, resources
from pathlib import Path
from secrets import randbits

from packaging.requirements import Requirement

from torchkata.grading.outputs.exports.outcome import Exported, ExportError
from torchkata.grading.outputs.output_files import replacing_bytes
from torchkata.suite.curriculum import Suite

_TAKEN = ("exercises", "solutions", "tests", "torchkata")
_FILES = ("conftest.py", "pyproject.toml", "README.md", "LICENSE")
_LEFT = ("tests/engine/", "tests/answers/")
_RUN, _FILE = 0o100755, 0o100644
_OLDEST = (1980, 1, 1, 0, 0, 0)


def write_autograder(suite: Suite, assignment: Path, seed: int | None, path: Path) -> Exported:
    """Write the zip to `path`, for the assignment in a TOML file whose seed is `seed`.

    Where it has none, one is drawn: all students must get the same inputs, each in a container of
    their own. Raises ExportError.
    """
    commit, files = _at_its_commit(suite.root)
    text = assignment.read_text(encoding="utf-8-sig")
    remarks = [f"The suite is in it as of commit {commit[:12]}."]
    if changed := _git(suite.root, "status", "--porcelain", "--", "."):
        count = len(changed.splitlines())
        remarks.append(
            f"{count} changed {'file is' if count == 1 else 'files are'} not committed, and not in "
            "it. Commit them and make it anew, if they matter."
        )
    if seed is None:
        text = f"seed = {randbits(32)}\n{text}"
    scripts = resources.files(__package__)
    with replacing_bytes(path) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("setup.sh", "run_autograder"):
            _add(file, name, scripts.joinpath(name).read_bytes(), _RUN)
        _add(file, "assignment.toml", text.encode(), _FILE)
        _add(file, "requirements.txt", _requirements().encode(), _FILE)
        for name, content in files.items():
            _add(file, f"suite/{name}", content, _FILE)
    return Exported((path,), tuple(remarks))


def _at_its_commit(root: Path) -> tuple[str, dict[str, bytes]]:
    """The commit of a clone, and what of the suite is in it."""
    commit = _git(root, "rev-parse", "HEAD").decode().strip()
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "HEAD"))) as archive:
        for each in archive:
            wanted = each.name.partition("/")[0] in _TAKEN or each.name in _FILES
            if each.isfile() and wanted and not each.name.startswith(_LEFT):
                content = archive.extractfile(each)
                assert content is not None
                found[each.name] = content.read()
    missing = [each for each in (*_TAKEN, "pyproject.toml") if not _has(found, each)]
    if missing:
        raise ExportError(
            f"{root}: its commit {commit[:12]} has no {missing[0]}, and an autograder needs it."
        )
    return commit, found


def _has(files: Iterable[str], name: str) -> bool:
    return any(each == name or each.startswith(f"{name}/") for each in files)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True)
    except FileNotFoundError:
        raise ExportError(
            "The program git is not installed, and an autograder is made of a commit."
        ) from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        raise ExportError(
            f"{root}: an autograder is made of a commit, and there is none: {said[-1]}"
        )
    return done.stdout


def _requirements() -> str:
    """The packages that torchkata needs, in the versions that are here: verdicts are the same."""
    lines = []
    for each in map(Requirement, metadata.requires("torchkata") or ()):
        if each.marker is None or each.marker.evaluate({"extra": "visual"}):
            try:
                version = metadata.version(each.name).partition("+")[0]
            except metadata.PackageNotFoundError:
                continue  # it is of an extra that is not here
            lines.append(f"{each.name}=={version}\n")
    return "".join(lines)


def _add(file: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    entry = zipfile.ZipInfo(name, _OLDEST)
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, content)
