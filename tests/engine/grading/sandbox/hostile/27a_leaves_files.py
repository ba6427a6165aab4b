"""Leaves files, folders, links and locks wherever it may write."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import fcntl
import os
from pathlib import Path

import torch

PLACES = "/tmp /var/tmp /dev/shm /dev/mqueue /run /run/lock . ~ ~/.cache / /dev".split()
KEPT = []


def leave():
    for place in PLACES:
        folder = Path(place).expanduser()
        with contextlib.suppress(OSError):
            file = (folder / "left_behind").open("w")
            file.write("the answer of the one before you")
            file.flush()
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            KEPT.append(file)
        with contextlib.suppress(OSError):
            (folder / "left_behind_folder" / "in" / "it").mkdir(parents=True)
            (folder / "left_behind_folder").chmod(0)
        with contextlib.suppress(OSError):
            os.symlink("/etc/passwd", folder / "left_behind_link")
        with contextlib.suppress(OSError):
            os.mkfifo(folder / "left_behind_pipe")


leave()


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
