"""What holds of every test of the suite: a warning fails it, and some are marked as slow."""

import os
import tempfile
from pathlib import Path

import pytest
import torch

from torchkata.practice.answers import AnswerFile
from torchkata.practice.checks import CheckItem

# Tensors here are small: threads of torch would only wait for each other, in children too.
torch.set_num_threads(1)
os.environ.setdefault("OMP_NUM_THREADS", "1")

# What a test keeps must not lie in the cache folder of whoever runs it.
_CACHE = tempfile.TemporaryDirectory(prefix="torchkata-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

HERE = Path(__file__).parent
SLOW = {
    "chromium",
    "clone",
    "graded",
    "little",
    "new_clone",
    "patient",
    "pupils",
    "sandboxes",
    "watching",
}
"""Fixtures that start many processes, or long ones."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            # Before its own marks, which are to win.
            item.add_marker(pytest.mark.filterwarnings("error"), append=False)
            if is_slow(item):
                item.add_marker("slow")


def is_slow(item):
    if isinstance(item, CheckItem):
        wrong_ways = item.name == "detours" or item.name.startswith("misconception:")
        return isinstance(item.parent, AnswerFile) or wrong_ways or item.name.endswith("[sim]")
    if item.get_closest_marker("quick"):
        return False
    return not SLOW.isdisjoint(getattr(item, "fixturenames", ()))
