"""Writes over its own file, the test files, the engine, and what is loaded in their place."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import sys
from pathlib import Path

import torch

REACHED = []

for name, module in list(sys.modules.items()):
    if name.startswith(("tests.", "torchkata", "exercises")) or name == __name__:
        for place in (getattr(module, "__file__", None), getattr(module, "__cached__", None)):
            with contextlib.suppress(Exception), open(place, "a") as file:
                file.write("\n# left_behind\n")
                REACHED.append(place)
            with contextlib.suppress(Exception):
                Path(place).with_name("left_behind.py").write_text("")
                REACHED.append(place)


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), int(bool(REACHED)))
