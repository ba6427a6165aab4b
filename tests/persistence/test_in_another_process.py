"""What the solutions write is read by a process that knows nothing but the file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from solutions.persistence.checkpoint import save
from solutions.persistence.save_slice import save_slice

ROOT = Path(__file__).parents[2]

RUN = """
import torch
from torch import nn

def made():
    model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1)).double()
    with torch.no_grad():
        for place, param in enumerate(model.parameters()):
            param.copy_(torch.linspace(-1, 1 + place, param.numel()).view_as(param))
    return model, torch.optim.Adam(model.parameters(), lr=0.1)

def train(model, optimizer, steps):
    x = torch.linspace(-2, 3, 10, dtype=torch.float64).view(5, 2)
    for step in steps:
        optimizer.zero_grad()
        (model(x * (step + 1)) ** 2).mean().backward()
        optimizer.step()

def values(model):
    return {name: value.tolist() for name, value in model.state_dict().items()}
"""

GO_ON = """
import json, sys
from solutions.persistence.checkpoint import load

model, optimizer = made()
with torch.no_grad():
    for param in model.parameters():
        param.add_(1)
epoch = load(sys.argv[1], model, optimizer, "cpu")
train(model, optimizer, range(epoch, 5))
print(json.dumps(values(model)))
"""

READ = """
import json, sys
import torch

x = torch.load(sys.argv[1])
print(json.dumps([x.tolist(), x.untyped_storage().nbytes(), x.requires_grad]))
"""


def printed(program, path):
    """What a program prints in a process of its own, given a path."""
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_run_goes_on_in_another_process(tmp_path):
    run = {}
    exec(RUN, run)
    model, optimizer = run["made"]()
    run["train"](model, optimizer, range(3))
    save(tmp_path / "run.pt", model, optimizer, 3)
    found = printed(RUN + GO_ON, tmp_path / "run.pt")
    run["train"](model, optimizer, range(3, 5))
    assert found == run["values"](model)


@pytest.mark.slow
def test_a_slice_is_read_by_another_process(tmp_path):
    table = nn.Parameter(torch.arange(200_000.0).view(-1, 2))
    save_slice(tmp_path / "slice.pt", table[7:9])
    assert printed(READ, tmp_path / "slice.pt") == [[[14.0, 15.0], [16.0, 17.0]], 16, False]
    assert (tmp_path / "slice.pt").stat().st_size < 4096
