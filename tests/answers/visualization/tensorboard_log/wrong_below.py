"""there is no tag 'loss'; tags are []"""

import os

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    with SummaryWriter(os.path.join(directory, "run")) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("loss", loss, step)
