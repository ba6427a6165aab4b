"""`kata update` in real git repositories: the suite's, and a learner's clone of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.engine.clones import ROOT, Clone
from torchkata.suite.curriculum import SuiteError
from torchkata.suite.updates import SAFE, update

STUB = '''"""Multiply by {factor}.

Write `{name}`.
"""


def {name}(x):
    """Give {factor} times x."""
    raise NotImplementedError
'''
DOUBLE, TRIPLE = (STUB.format(name=name, factor=n) for name, n in (("double", 2), ("triple", 3)))
SOLVED = DOUBLE.replace("raise NotImplementedError", "return x + x")
RESTATED = DOUBLE.replace("Multiply by 2.", "Double every element.")

PATH = "exercises/times/double.py"


class Repository:
    def __init__(self, root):
        self.root = root

    def git(self, *arguments):
        return subprocess.run(
            ("git", *arguments), cwd=self.root, check=True, capture_output=True, text=True
        ).stdout.strip()

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def read(self, path):
        return (self.root / path).read_text()

    def commit(self, **texts):
        """Commit these texts of exercises/times/….py, and whatever else lies there."""
        for name, text in texts.items():
            self.write(f"exercises/times/{name}.py", text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a change")

    def state(self):
        """All that an update might change."""
        files = {
            path: path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and ".git" not in path.parts
        }
        return self.git("rev-parse", "HEAD"), self.git("status", "--porcelain"), files


@pytest.fixture(autouse=True)
def own_git(monkeypatch, tmp_path):
    """The settings of whoever runs the tests decide nothing."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\n\tname = Ann\n\temail = ann@example.org\n[init]\n\tdefaultBranch = main\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def suite(tmp_path):
    made = Repository(tmp_path / "suite")
    made.root.mkdir()
    made.git("init", "-q")
    made.write(
        "exercises/curriculum.toml",
        '[times]\ntitle = "Times"\nexercises = ["double", "triple"]\n',
    )
    shutil.copy(ROOT / ".gitignore", made.root)
    made.write("README.md", "Katas.\n")
    made.commit(double=DOUBLE, triple=TRIPLE)
    return made


@pytest.fixture
def learner(suite, tmp_path):
    suite.git("clone", "-q", str(suite.root), str(tmp_path / "clone"))
    return Repository(tmp_path / "clone")


def test_a_solved_exercise_gets_its_new_statement_and_keeps_its_code(suite, learner):
    learner.write(PATH, SOLVED)
    suite.write("solutions/times/double.py", "")
    suite.commit(double=RESTATED, triple=TRIPLE.replace("Give", "Return"), fivefold=DOUBLE)
    run = Clone(learner.root).kata("update")
    assert run.returncode == 0
    assert run.stdout.split("\n") == [
        f"took 1 commit from origin ({suite.root})",
        "new:      exercises/times/fivefold.py",
        f"merged:   {PATH}: your code, and what is new around it",
        "kept:     what you had not committed, beside each, as NAME.before_update.py",
        "next:     kata check, which judges what has changed",
        "",
    ]
    assert learner.read(PATH) == RESTATED.replace("raise NotImplementedError", "return x + x")
    assert learner.read("exercises/times/double.before_update.py") == SOLVED
    assert learner.read("exercises/times/triple.py") == TRIPLE.replace("Give", "Return")
    assert learner.git("rev-parse", "HEAD") == suite.git("rev-parse", "HEAD")
    assert learner.git("status", "--porcelain") == f"M {PATH}"
    assert learner.git("show", f"{SAFE}:{PATH}") == SOLVED.strip()
    assert update(learner.root) is None, "there is nothing more to take"


def test_committed_solutions_are_merged_and_what_is_not_committed_stays_so(suite, learner):
    learner.commit(double=SOLVED)
    learner.write(
        "exercises/times/triple.py", TRIPLE.replace("raise NotImplementedError", "return")
    )
    learner.write("notes.txt", "mine")
    suite.commit(double=RESTATED, triple=TRIPLE.replace("Give", "Return"))
    done = update(learner.root)
    assert [path for path, _ in done.brought] == [PATH, "exercises/times/triple.py"]
    merged = RESTATED.replace("raise NotImplementedError", "return x + x")
    assert learner.read(PATH) == learner.git("show", f"HEAD:{PATH}") + "\n" == merged
    assert not list(learner.root.rglob("double.before_update.py")), "git has it"
    triple = TRIPLE.replace("Give", "Return").replace("raise NotImplementedError", "return")
    assert learner.read("exercises/times/triple.py") == triple
    assert learner.git("status", "--porcelain").split("\n") == [
        "M exercises/times/triple.py",
        "?? notes.txt",
    ]
    assert len(learner.git("rev-parse", "HEAD^@").split()) == 2


@pytest.mark.parametrize("committed", [False, True])
def test_all_can_be_had_as_it_was(suite, learner, committed):
    learner.commit(double=SOLVED)
    if not committed:
        learner.git("reset", "-q", "HEAD^")
    before = learner.state()
    suite.commit(double=RESTATED, triple=SOLVED)
    update(learner.root)
    assert learner.state() != before
    for copy in learner.root.rglob("*.before_update.py"):
        copy.unlink()
    learner.git("reset", "-q", "--hard", "ORIG_HEAD")
    if committed:
        with pytest.raises(subprocess.CalledProcessError):
            learner.git("rev-parse", "-q", "--verify", SAFE)
    else:
        learner.git("stash", "apply", "-q", SAFE)
    assert learner.state() == before


@pytest.mark.parametrize("committed", [False, True])
def test_a_conflict_is_told_and_nothing_is_lost(suite, learner, committed):
    learner.write(PATH, SOLVED)
    if committed:
        learner.commit()
    new = DOUBLE.replace("double(x)", "double(values)")
    suite.commit(double=new)
    run = Clone(learner.root).kata("update")
    assert run.returncode == 1
    assert (
        f"conflict: {PATH}: the suite has changed double, which you have begun.\n"
        "          Yours stays; the suite's is in double.from_update.py.\n"
    ) in run.stdout
    assert learner.read(PATH) == SOLVED
    assert learner.read("exercises/times/double.from_update.py") == new
    assert learner.git("status", "--porcelain") == ("" if committed else f"M {PATH}")
    assert update(learner.root) is None


def test_what_is_no_exercise_any_more_is_left_where_it_was_begun(suite, learner):
    learner.write(PATH, SOLVED)
    suite.git("rm", "-q", PATH, "exercises/times/triple.py")
    suite.commit()
    assert update(learner.root).left == [PATH]
    assert learner.read(PATH) == SOLVED
    assert not (learner.root / "exercises/times/triple.py").exists()


@pytest.mark.parametrize("committed", [False, True])
def test_an_exercise_that_moves_to_another_topic_takes_the_code_with_it(suite, learner, committed):
    learner.write(PATH, SOLVED)
    if committed:
        learner.commit()
    suite.git("rm", "-q", PATH)
    suite.write("exercises/more/double.py", RESTATED)
    suite.commit()
    (brought,) = update(learner.root).brought
    kept = None if committed else learner.root / "exercises/times/double.before_update.py"
    assert brought == ("exercises/more/double.py", kept)
    merged = RESTATED.replace("raise NotImplementedError", "return x + x")
    assert learner.read("exercises/more/double.py") == merged
    assert not (learner.root / PATH).exists()
    status = "" if committed else "M exercises/more/double.py"
    assert learner.git("status", "--porcelain") == status


def test_a_file_of_ones_own_is_not_overwritten_by_a_new_exercise(suite, learner):
    learner.write("exercises/times/fivefold.py", "mine\n")
    suite.commit(fivefold=DOUBLE)
    ((path, reason, beside),) = update(learner.root).conflicts
    assert (path, reason) == ("exercises/times/fivefold.py", "you had a file of that name")
    assert learner.read(path) == "mine\n"
    assert beside.read_text() == DOUBLE


def test_upstream_comes_before_origin(suite, learner, tmp_path):
    suite.git("clone", "-q", "--bare", str(learner.root), str(tmp_path / "fork"))
    learner.git("remote", "rename", "origin", "upstream")
    learner.git("remote", "add", "origin", str(tmp_path / "fork"))
    suite.commit(double=RESTATED)
    assert update(learner.root).source == f"upstream ({suite.root})"


def test_a_shallow_clone_is_made_whole(suite, tmp_path):
    suite.commit(double=DOUBLE.replace("Write", "Do write"))
    suite.git("clone", "-q", "--depth=1", f"file://{suite.root}", str(tmp_path / "clone"))
    learner = Repository(tmp_path / "clone")
    learner.commit(triple=SOLVED)
    suite.commit(double=RESTATED)
    assert update(learner.root).commits == 1
    assert learner.read(PATH) == RESTATED


def test_line_ends_of_windows_stay(suite, learner):
    (learner.root / PATH).write_bytes(SOLVED.replace("\n", "\r\n").encode())
    suite.commit(double=RESTATED)
    update(learner.root)
    merged = RESTATED.replace("raise NotImplementedError", "return x + x")
    assert (learner.root / PATH).read_bytes() == merged.replace("\n", "\r\n").encode()


def test_other_packages_are_told(suite, learner):
    suite.write("pyproject.toml", '[project]\ndependencies = ["torch>=3"]\n')
    suite.commit()
    assert "packages: torchkata needs others than before: `pip install -e .`\n" in (
        Clone(learner.root).kata("update").stdout
    )


def dirty(suite, learner):
    learner.write("README.md", "My katas.\n")
    return (
        "You have changed what the suite has changed too: README.md. Commit that, or put it away "
        "with `git stash`; then update. Nothing was changed."
    )


def committed(suite, learner):
    learner.write("README.md", "My katas.\n")
    learner.commit()
    return (
        "You and the suite have both committed changes of the same lines: README.md. Merge that by "
        f"hand: `git merge {suite.git('rev-parse', 'HEAD')[:10]}`. Nothing was changed."
    )


def staged(suite, learner):
    learner.commit(triple=SOLVED)
    learner.write("notes.txt", "mine")
    learner.git("add", "notes.txt")
    return "git can't take the updates: "


def detached(suite, learner):
    learner.git("switch", "-q", "--detach")
    return (
        "This clone is on no branch: HEAD is detached. `git switch main`, or whatever your branch "
        "is called; then update."
    )


def merging(suite, learner):
    (learner.root / ".git" / "MERGE_HEAD").write_text(learner.git("rev-parse", "HEAD"))
    return "A merge is under way in this clone. Finish it, or `git merge --abort`; then update."


def unreachable(suite, learner):
    learner.git("remote", "set-url", "origin", "file:///nowhere/suite.git")
    return (
        "origin (file:///nowhere/suite.git) can't be reached: '/nowhere/suite.git' does not "
        "appear to be a git repository. Nothing was changed."
    )


def remoteless(suite, learner):
    learner.git("remote", "remove", "origin")
    return (
        "This clone has no remote to take updates from. `git remote add upstream URL`, with the "
        "URL of the suite; then update."
    )


def unrelated(suite, learner):
    suite.git("checkout", "-q", "--orphan", "other")
    suite.git("commit", "-q", "-m", "another")
    return (
        f"origin ({suite.root}) has no commit in common with this clone: it is another suite. "
        "`git remote add upstream URL` with the URL of this one; then update."
    )


REFUSED = (dirty, committed, staged, detached, merging, unreachable, remoteless, unrelated)


@pytest.mark.parametrize("prepare", REFUSED, ids=[each.__name__ for each in REFUSED])
def test_what_can_not_be_updated_stays_as_it_is(suite, learner, prepare):
    learner.write(PATH, SOLVED)
    suite.write("README.md", "Katas, and more.\n")
    suite.commit(double=RESTATED)
    message = prepare(suite, learner)
    learner.write(PATH, SOLVED + "# not committed\n")
    before = learner.state()
    with pytest.raises(SuiteError) as refused:
        update(learner.root)
    assert str(refused.value).startswith(message)
    assert learner.state() == before


def test_a_folder_that_is_no_clone_says_what_to_do(suite, tmp_path):
    folder = tmp_path / "unpacked"
    shutil.copytree(suite.root, folder, ignore=shutil.ignore_patterns(".git"))
    run = Clone(folder).kata("update")
    assert run.returncode == 1
    assert run.stdout == (
        f"Error: {folder} is no git clone, so it can't be updated. Clone the suite into another "
        "folder, copy your files of exercises/ and .kata.sqlite there, and go on there.\n"
    )


def test_without_git_it_says_so(suite, learner, monkeypatch):
    monkeypatch.setenv("PATH", str(Path(learner.root)))
    with pytest.raises(SuiteError, match="git is not installed, or is not on the PATH"):
        update(learner.root)
