"""`uv sync && uv run kata watch`, without the gigabytes: the lock, and kata by uv."""

import shutil
import sys

import pytest
from uv import find_uv_bin

from tests.engine.clones import ROOT, Clone

UV = find_uv_bin()


def test_uv_runs_kata_in_the_projects_environment():
    run = Clone(ROOT).run(
        *(UV, "run", "--no-sync", "--offline", "kata", "watch", "--help"),
        UV_PROJECT_ENVIRONMENT=sys.prefix,
    )
    assert run.returncode == 0, run.stdout
    assert "Usage: kata watch " in run.stdout


def test_uv_finds_versions_of_all_packages_for_each_platform(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "README.md", tmp_path)
    run = Clone(tmp_path).run(UV, "lock", "--dry-run")
    if "Failed to fetch" in run.stdout:
        pytest.skip(f"the package index can't be reached: {run.stdout}")
    assert run.returncode == 0, run.stdout
    assert "\nAdd torch v" in run.stdout
