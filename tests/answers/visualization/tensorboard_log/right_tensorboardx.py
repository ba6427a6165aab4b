"""The writer of tensorboardX."""

from tensorboardX import SummaryWriter


def log_run(directory, losses):
    with SummaryWriter(logdir=str(directory)) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("loss", loss, step)
