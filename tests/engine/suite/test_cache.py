"""What is kept in the cache folder comes back whole, or not at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from torchkata.suite import cache
from torchkata.suite.cache import Cache, answer_keys

WRITER = """
import sys
from pathlib import Path
from torchkata.suite.cache import Cache
cache, letter = Cache(Path(sys.argv[1])), sys.argv[2].encode()
for _ in range(200):
    cache.write("one", letter * 100_000)
    assert cache.read("one") in (b"a" * 100_000, b"b" * 100_000)
"""
SPOILED = {
    "empty": lambda raw: b"",
    "truncated": lambda raw: raw[:-1],
    "cut short": lambda raw: raw[:20],
    "longer": lambda raw: raw + b"\0",
    "corrupted": lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]),
    "foreign": lambda raw: b"something else entirely, and longer than a head of ours" * 9,
    "another version": lambda raw: raw.replace(b"version 1", b"version 2"),
}


@pytest.fixture
def kept(tmp_path):
    return Cache(tmp_path / "above" / "keys")


def test_what_is_written_is_read_and_what_is_not_is_none(kept):
    assert kept.read("one") is None
    for content in (b"", b"some bytes"):
        kept.write("one", content)
        assert kept.read("one") == content
    assert kept.read("two") is None


def test_only_its_owner_can_look(kept):
    kept.folder.mkdir(parents=True, mode=0o777)
    kept.folder.chmod(0o777)
    kept.write("one", b"answers")
    assert kept.folder.stat().st_mode & 0o777 == 0o700
    assert (kept.folder / "one").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_is_not_whole_is_not_there(kept, spoil):
    kept.write("one", b"some bytes")
    path = kept.folder / "one"
    path.write_bytes(spoil(path.read_bytes()))
    assert kept.read("one") is None
    kept.write("one", b"again")
    assert kept.read("one") == b"again"


def test_what_cannot_be_read_or_written_is_not_there(kept):
    (kept.folder / "one").mkdir(parents=True)
    kept.write("one", b"some bytes")
    assert kept.read("one") is None
    assert [each.name for each in kept.folder.iterdir()] == ["one"]


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path):
    (tmp_path / "above").write_text("a file")
    kept = Cache(tmp_path / "above" / "keys")
    kept.write("one", b"some bytes")
    assert kept.read("one") is None
    assert kept.size() == kept.clean() == 0


def test_a_full_disk_leaves_nothing_behind(kept, monkeypatch):
    kept.write("one", b"before")

    def is_full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", is_full)
    kept.write("one", b"after")
    assert kept.read("one") == b"before"
    assert [each.name for each in kept.folder.iterdir()] == ["one"]


def test_two_processes_that_write_at_once_leave_it_whole(kept):
    command = [sys.executable, "-c", WRITER, str(kept.folder)]
    both = [subprocess.Popen([*command, letter]) for letter in "ab"]
    assert [each.wait(120) for each in both] == [0, 0]
    assert [each.name for each in kept.folder.iterdir()] == ["one"]


def test_the_files_used_longest_ago_go_first(kept, monkeypatch):
    for age, name in enumerate(("new", "used", "old", "oldest")):
        kept.write(name, b"x" * 1000)
        os.utime(kept.folder / name, (1_000_000 - age, 1_000_000 - age))
    assert kept.read("used") is not None
    monkeypatch.setattr(cache, "LARGEST", 3500)
    kept.write("newest", b"x" * 1000)
    assert sorted(each.name for each in kept.folder.iterdir()) == ["new", "newest", "used"]
    assert 3000 < kept.size() < 3500


def test_it_is_emptied(kept):
    kept.write("one", b"some bytes")
    kept.write("two", b"some bytes")
    size = kept.size()
    assert kept.clean() == size > 20
    assert kept.size() == 0
    assert list(kept.folder.iterdir()) == []


def test_answer_keys_lie_in_the_users_cache_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert answer_keys() == Cache(tmp_path / "torchkata" / "keys")


def test_without_a_home_nothing_is_kept(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a user that has none
    assert answer_keys() is None
    assert not Path("~").exists()
