"""Pick a device, and move a batch to it.

A batch is seldom one tensor. Loaders give dicts of lists of tuples, and some of what is in them is
no tensor at all:

    {"image": x, "boxes": [b, c], "meta": (y, "cat.png")}      on the CPU
         │            │  │            │
         ▼            ▼  ▼            ▼
    {"image": x, "boxes": [b, c], "meta": (y, "cat.png")}      on the device

`x.to(device)` gives the moved tensor back and leaves x where it is: who drops the result has moved
nothing. For a module it is otherwise: `model.to(device)` moves the model itself.

Write `best_device` and `to_device`.

- Common notes ask `torch.cuda.is_available()`. That knows NVIDIA's and AMD's devices and no others:
  a Mac has "mps", Intel "xpu", and this suite brings "sim", which is simulated. `torch.accelerator`
  knows them all. Look out: `current_accelerator()` names the one that torch was built for, even on
  a machine without it.
- `to_device` walks through dicts, lists, tuples and named tuples, however deep. All of them come
  back as new ones of the same type, dicts with the same keys in the same order. What was handed in
  stays as it is.
- What is neither a container nor a tensor comes back as it is, the same object: numbers, strings,
  None, numpy arrays and all else.
- With a dtype, floating-point tensors are cast to it: float16, float32, float64 and their like.
  Labels, masks and complex tensors keep their dtype. A cast label is no class id any more.
- Gradients flow back through the move. A tensor that is where it should be may come back itself.

All of torch is allowed.
"""

from typing import Any

import torch


def best_device() -> torch.device:
    """The accelerator that is there, or the CPU where there is none.

    Returns:
        A torch.device, with or without an index: that of `torch.accelerator`, or "cpu".

    >>> isinstance(best_device(), torch.device)
    True
    """
    raise NotImplementedError


def to_device(obj: Any, device: torch.device | str, dtype: torch.dtype | None = None) -> Any:
    """Move all tensors in obj to a device.

    Args:
        obj: a tensor, a dict, a list, a tuple or a named tuple of such, or anything else, but of
            no other class that inherits from dict, list or tuple. A container does not hold itself.
        device: a torch.device, or the name of one.
        dtype: a floating-point dtype for the floating-point tensors; None leaves them theirs.

    Returns:
        The same with its tensors on `device`.

    >>> batch = {"x": torch.tensor([1.5]), "y": (torch.tensor([2]), "cat.png")}
    >>> to_device(batch, "cpu", torch.float64)
    {'x': tensor([1.5000], dtype=torch.float64), 'y': (tensor([2]), 'cat.png')}
    """
    raise NotImplementedError
