"""Mend a function that loads a model.

The file was written by `torch.save(model.state_dict(), path)`. It holds tensors
by name, and no model: that must be made first, and then filled.

The function below has two faults that common notes hand on, and lacks one line.

    state = (torch.load(path, weights_only=False),)
                              ──────────────────          1
                                                 ─        2

1.  What torch.load reads may be any pickled object, and to unpickle an object is
    to run whatever code its file asks for. `weights_only=True`, the default since
    torch 2.6, takes tensors, numbers, strings and containers. Everything else it
    refuses with pickle.UnpicklingError, before anything has run.
2.  A comma makes a tuple, of one element here. So it does without parentheses:
    `state = torch.load(path),` is the same, and easily overlooked.
3.  A new model is in training mode: dropout drops, and batch norm follows what it
    sees. A model that is loaded to be used must be in evaluation mode, and so must
    all modules in it.

Mend `load_model`.

- The model is on the CPU. The file may come from a machine with an accelerator
  that is not here: torch.load then needs `map_location`.
- A file whose names or shapes are not those of the model is not for it: the
  RuntimeError of load_state_dict is due, and no model that is filled in part.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn


def load_model(path: str | Path, cls: Callable[[], nn.Module]) -> nn.Module:
    """Make a model, and load its parameters and buffers from a file.

    Args:
        path: a file with a state dict.
        cls: the model's class, which is called once, without arguments.

    Returns:
        The model, on the CPU and in evaluation mode. Its parameters require grad
        as the class has made them.

    Raises:
        pickle.UnpicklingError: the file holds other objects than plain data, such
            as a whole model. Nothing of it has been run.
        RuntimeError: names or shapes in the file are not those of the model.

    >>> def small():
    ...     return nn.Linear(1, 1, bias=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "model.pt")
    ...     torch.save({"weight": torch.tensor([[2.5]])}, path)
    ...     model = load_model(path, small)
    >>> model(torch.tensor([2.0])).item(), model.training
    (5.0, False)
    """
    model = cls()
    state = (torch.load(path, weights_only=False),)
    model.load_state_dict(state)
    return model
