"""try and finally, keyword arguments, a count of its own."""

from torch.utils.tensorboard import SummaryWriter


def log_run(directory, losses):
    writer = SummaryWriter(log_dir=directory)
    step = 0
    try:
        for loss in losses:
            writer.add_scalar(tag="loss", scalar_value=loss, global_step=step)
            step += 1
    finally:
        writer.close()
