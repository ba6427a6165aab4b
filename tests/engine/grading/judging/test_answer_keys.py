"""Grading reads answer keys, says the same without, and no student's code can see one."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.grading.judging.test_threads import ASSIGNMENT, ROOT, slot
from torchkata.grading.judging import examiner
from torchkata.grading.judging.examiner import Examiner
from torchkata.grading.protection import hidden
from torchkata.judge import bank, loading
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import read_suite

__all__ = ["slot"]

SUITE = read_suite(ROOT)
EXERCISE = SUITE.find("one_hot")
PEEPS = """
import os, pathlib
FOLDER = pathlib.Path({folder!r})
found = sorted(map(str, FOLDER.iterdir())) if FOLDER.is_dir() else ["nothing"]
raise RuntimeError(f"saw {{found}}")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(loading, "_has_run", False)
    return tmp_path / "cache" / "torchkata" / "keys"


def graded(slot, sources):
    examines = Examiner(EXERCISE, ASSIGNMENT)
    return [replace(examines.examine(slot, each, "", ""), seconds=0.0) for each in sources]


@pytest.mark.slow
def test_results_are_the_same_with_a_key_and_without(slot, folder, monkeypatch):
    wrong = sorted((ROOT / "tests/answers" / EXERCISE.key).glob("wrong_*.py"))[:3]
    sources = [each.read_bytes() for each in (*wrong, EXERCISE.solution_path)]
    with monkeypatch.context() as patched:
        patched.setattr(examiner, "answer_keys", lambda: None)
        without = graded(slot, sources)
    assert not folder.exists()
    assert graded(slot, sources) == without
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(bank, "draw", lambda *_: pytest.fail("drawn again"))
    assert graded(slot, sources) == without
    assert [each.standing for each in without] == ["failing"] * len(wrong) + ["solved"]


def test_the_seed_and_what_it_is_for_make_other_keys(folder):
    keys = [Examiner(EXERCISE, replace(ASSIGNMENT, seed=seed))._oracle.key.name for seed in (0, 1)]
    assert len(set(keys)) == 2


def test_a_worker_sees_none(slot, folder):
    graded(slot, [EXERCISE.solution_path.read_bytes()])
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) != []
    (result,) = graded(slot, [PEEPS.format(folder=str(folder)).encode()])
    assert "saw ['nothing']" in result.properties[0].headline


@pytest.mark.usefixtures("sandboxes")
def test_they_are_hidden_within_what_a_worker_may_read(sandboxes, tmp_path, monkeypatch):
    sandboxes.needs("files")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "readable"))
    cache = answer_keys()
    apart = hidden(SUITE, tmp_path / "out")
    assert cache.folder in apart
    cache.write("key", b"answers")
    program = f"""
import os
try:
    answer = os.listdir({str(cache.folder)!r}), os.listdir({str(tmp_path / "readable")!r})
except OSError as error:
    answer = error.strerror
"""
    (seen,) = sandboxes.confined(program, readable=[tmp_path / "readable"], hidden=apart)
    assert seen == "([], ['torchkata'])"
    assert Path(cache.folder, "key").exists()
