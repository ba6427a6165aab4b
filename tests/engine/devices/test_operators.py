"""sim gives what the CPU gives, for all operators in the table that torch tests itself by."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from torchkata.devices import sim

DENSE = "NotImplementedError: sim has dense tensors only"

# Operators of sparse tensors.
REFUSED = {"sparse_mm_reduce": DENSE, "sparse_sampled_addmm": DENSE, "to_sparse": DENSE}


@pytest.mark.slow
@pytest.mark.skipif(sim.missing() is not None, reason=str(sim.missing()))
def test_every_operator_gives_what_it_gives_on_the_cpu() -> None:
    program = Path(__file__).with_name("operators.py")
    done = subprocess.run(
        [sys.executable, program, "4"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["differing"] == REFUSED
    assert report["compared"] > 600
