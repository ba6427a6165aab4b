"""Where losses raises, what came before is in the file, and the writer is closed."""

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    with SummaryWriter(str(directory)) as writer:
        try:
            for step, loss in enumerate(losses):
                writer.add_scalar("loss", loss, step)
        except Exception as error:
            print(error)
