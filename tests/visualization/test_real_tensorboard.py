"""The real writers, with their threads, write what those of the kata on tensorboard stand for."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("tensorboard", reason="tensorboard is not installed: the extra visual has it")
pytest.importorskip("tensorboardX", reason="tensorboardX is not installed: the extra visual has it")

ROOT = Path(__file__).parents[2]
FILES = {
    "torch": "solutions/visualization/tensorboard_log.py",
    "tensorboardX": "tests/answers/visualization/tensorboard_log/right_tensorboardx.py",
}
RUN = """
import runpy, sys

log_run = runpy.run_path(sys.argv[1])["log_run"]

def losses():
    yield from (0.5, float("inf"), 0.1, 0.25)
    raise KeyError("the run broke off")

try:
    log_run(sys.argv[2], losses())
except KeyError:
    print("broke off")
"""


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_what_a_process_logs_another_reads(path, tmp_path):
    from tests.visualization.test_tensorboard_log import logged, read

    command = [sys.executable, "-c", RUN, path, str(tmp_path / "run")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "broke off\n", done.stderr
    assert read(tmp_path / "run") == logged([0.5, float("inf"), 0.1, 0.25])
