"""The directory is made where it isn't there, and the writer is closed."""

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    with SummaryWriter("" + directory) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("loss", loss, step)
