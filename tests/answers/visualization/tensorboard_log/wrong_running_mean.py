"""at its step, from 0, and is in the file at the end"""

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    total = 0.0
    with SummaryWriter(directory) as writer:
        for step, loss in enumerate(losses):
            total += loss
            writer.add_scalar("loss", total / (step + 1), step)
