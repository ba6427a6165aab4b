"""Save a training run, and take it up again.

A run that is interrupted after k steps and taken up again must end where it
would have ended without the break. The model alone is not enough for that:

    model        parameters and buffers, as batch norm's running averages
    optimizer    momentum, Adam's averages and step count, the learning rate of now
    epoch        where the run was

Without the optimizer's state, momentum starts from nothing and Adam counts from
1: the loss jumps, and nothing complains.

Write `save` and `load`. The file is written by torch.save and holds plain data,
a dict with three entries:

    {"model": the model's state dict,
     "optimizer": the optimizer's state dict,
     "epoch": the number}

- `torch.load(path)` reads it without further arguments, which takes tensors,
  numbers, strings and containers. A file with a whole model in it, pickled, is
  refused: to read it is to run code, and it needs the class as it was then.
- `load` copies into the model and the optimizer that it is given. Parameters stay
  the same objects, so that the optimizer trains the model that it was made for.
- The file may come from a machine with another accelerator. torch.load puts each
  tensor back on the device it was saved from, and fails where that isn't there,
  unless it is told another: `map_location`.

All of torch is allowed.
"""

import tempfile
from pathlib import Path

import torch
from torch import nn


def save(path: str | Path, model: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    """Write a checkpoint.

    Args:
        path: where to; a file that is there is overwritten, the folder exists.
        model: what is trained, on any device. It is left as it is.
        optimizer: what trains it. It is left as it is.
        epoch: a whole number.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> _ = nn.init.constant_(model.weight, 2.5)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder, "run.pt"), model, optimizer, 7)
    ...     checkpoint = torch.load(Path(folder, "run.pt"))
    >>> checkpoint["model"]["weight"], checkpoint["epoch"]
    (tensor([[2.5000]]), 7)
    """
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


def load(
    path: str | Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    device: torch.device | str,
) -> int:
    """Read a checkpoint into a model and its optimizer.

    Args:
        path: a file as `save` writes it.
        model: one of the same make as that of the file, on `device`. Its mode is
            left as it is.
        optimizer: one of the same make as that of the file, for the parameters of
            `model`. Its learning rate becomes that of the file.
        device: where the model is.

    Returns:
        The epoch of the file.
    """
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    epoch: int = state["epoch"]
    return epoch


HINTS = (
    "Who remembers what from one step to the next? Print optimizer.state_dict() before the first "
    "step and after the second.",
    "Modules and optimizers both have state_dict() and load_state_dict(). A dict of such dicts is "
    "plain data, and torch.save takes it as it is.",
    "load_state_dict copies, as long as it isn't asked to assign. torch.load takes map_location; "
    "load_state_dict then brings the numbers to where the model is.",
)

TAKE_ALONG = (
    "A checkpoint holds the state dicts of the model and of the optimizer, and where the run was. "
    "Save state dicts, not objects, and load with map_location."
)

APPROACH = (
    "It relies on weights_only=True, which is torch.load's default since 2.6. A run whose data are "
    "shuffled or which uses dropout would have to save the state of the random generators too."
)
