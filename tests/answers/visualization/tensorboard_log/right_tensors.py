"""Losses as tensors, flushed at each step; closing() closes the writer."""

from contextlib import closing
from pathlib import Path

import torch
import torch.utils.tensorboard as tb


def log_run(directory, losses):
    Path(directory).mkdir(parents=True, exist_ok=True)
    with closing(tb.SummaryWriter(str(directory), flush_secs=1)) as log:
        for step, loss in enumerate(losses):
            log.add_scalar(
                "loss", torch.tensor(loss, dtype=torch.float64), torch.tensor(step).item()
            )
            log.flush()
