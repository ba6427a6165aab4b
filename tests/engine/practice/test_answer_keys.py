"""`pytest exercises` makes answer keys before any learner's code runs, and reads them later."""

import re

import pytest

from torchkata.practice.session import KataSession
from torchkata.suite.cache import Cache
from torchkata.suite.curriculum import read_suite
from torchkata.suite.settings import Settings

SPOILS = """
import torch

torch.Tensor.__mul__ = lambda self, other: self.clone()
"""


@pytest.fixture
def keys(tmp_path):
    return Cache(tmp_path / "cache" / "torchkata" / "keys")


def run(clone, keys, *arguments):
    seen = clone.pytest(
        *(arguments or ["exercises"]), fresh=True, XDG_CACHE_HOME=str(keys.folder.parents[1])
    )
    return re.sub(r" in [\d.]+s.*", "", seen.stdout)


def names(keys):
    return sorted(path.name for path in keys.folder.glob("*"))


def test_what_is_begun_has_a_key_and_the_next_run_says_the_same(little, keys):
    run(little, keys)
    assert names(keys) == []
    little.solve("times/double")
    little.write("times/triple", "def triple(x):\n    return x * 2\n")
    run(little, keys, "--collect-only", "exercises")
    assert names(keys) == []
    assert "double.py" in run(little, keys)  # which says more of what is solved for the first time
    assert len(names(keys)) == 2
    keys.clean()
    said = run(little, keys)
    made = names(keys)
    assert len(made) == 2
    before = [(keys.folder / name).read_bytes() for name in made]
    assert run(little, keys) == said
    assert [(keys.folder / name).read_bytes() for name in made] == before
    for name in made:
        (keys.folder / name).write_bytes(b"spoiled")
    assert run(little, keys) == said
    keys.clean()
    keys.folder.rmdir()
    keys.folder.write_text("no folder")
    assert run(little, keys) == said


def test_a_file_that_changes_torch_does_not_change_a_key(little, keys):
    solved = little.solution("times/double").read_text()
    little.write("times/double", solved + SPOILS)
    little.solve("times/triple", "more/fivefold")
    assert "fivefold.py" in run(little, keys)
    assert len(names(keys)) == 3
    little.solve("times/double")
    said = run(little, keys)
    assert "solved: 3 of 3" in said
    assert len(names(keys)) == 3


def test_workers_share_the_work(little, keys):
    little.solve("times/double", "times/triple", "more/fivefold")
    assert "solved: 3 of 3" in run(little, keys, "exercises", "-n", "2")
    assert len(names(keys)) == 3


def test_the_check_of_the_suite_makes_everything_anew(little, keys):
    run(little, keys, "tests")
    assert names(keys) == []
    suite = read_suite(little.root)
    session = KataSession(suite, ("cpu",), ("cpu",), Settings())
    assert session.judge(suite.exercises[0]).oracle.key.name != ""
    assert session.checker(suite.exercises[0]).oracle.key.name == ""


def test_an_interrupt_while_keys_are_made_ends_the_run(little):
    solution = little.root / "solutions/times/double.py"
    little.solve("times/double")
    text = solution.read_text()
    solution.write_text(text.replace("    return _times(x)", "    raise KeyboardInterrupt"))
    run = little.pytest("exercises/times/double.py")
    assert run.returncode == 2, run.stdout
    assert "KeyboardInterrupt" in run.stdout
    assert "no tests ran" in run.stdout
