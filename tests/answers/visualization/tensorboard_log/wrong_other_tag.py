"""there is no tag 'loss'"""

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    with SummaryWriter(directory) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("Loss/train", loss, step)
