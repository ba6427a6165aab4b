"""Without losses no scalar is logged"""

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    step, loss = -1, float("nan")
    with SummaryWriter(str(directory)) as writer:
        for step, loss in enumerate(losses):
            writer.add_scalar("loss", loss, step)
        if step < 0:
            writer.add_scalar("loss", loss, 0)
