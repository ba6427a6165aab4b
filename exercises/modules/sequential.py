"""A chain of modules.

Whatever goes in is handed from one module to the next. A chain needs no attribute of a fixed name
for its members: it registers them under their numbers, as text.

    Seq(Linear(3, 4), ReLU(), Linear(4, 2))

    x ──▶ "0" ──▶ "1" ──▶ "2" ──▶ result        state dict: 0.weight, 0.bias, 2.weight, 2.bias

A module's own name stands before the names within it, with a dot. `add_module("0", m)` registers m
under a name that no attribute could have.

Write the class `Seq`, an `nn.Module`.

- Its state dict has the names of an nn.Sequential of the same modules: checkpoints fit both.
- A module may stand in the chain several times. It is then called as often, and counted as often.
- Calling the chain calls the modules, so that their hooks run: `m(x)`, not `m.forward(x)`. An empty
  chain returns x itself.
- `add` puts one more at the end. It returns None.
- `len(chain)` is the number of members. `chain[i]` is the member itself, also from the end with
  -1; an index out of range raises IndexError, which ends a `for` loop over the chain.
- `chain[a:b]` is a new Seq of the same members, any step included, numbered from 0. It shares their
  parameters; adding to one chain leaves the other as it was. (nn.Sequential keeps the old names in
  a slice. Appending to one can then write over a member that has the next number.)

Not allowed: `nn.Sequential`, as a base class or within. The rest of torch is.
"""

from typing import Any

import torch
from torch import nn


class Seq(nn.Module):
    """Modules, one after the other.

    Args:
        modules: the members in order, any number of them.

    >>> chain = Seq(nn.Linear(3, 4), nn.ReLU())
    >>> chain.add(nn.Linear(4, 2))
    >>> list(chain.state_dict())
    ['0.weight', '0.bias', '2.weight', '2.bias']
    >>> chain(torch.ones(5, 3)).shape
    torch.Size([5, 2])
    >>> len(chain), chain[1]
    (3, ReLU())
    >>> list(chain[1:].state_dict())
    ['1.weight', '1.bias']
    """

    def __init__(self, *modules: nn.Module) -> None:
        raise NotImplementedError

    def add(self, module: nn.Module) -> None:
        """Put a module at the end of the chain."""
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of members, each counted as often as it stands there."""
        raise NotImplementedError

    def __getitem__(self, index: int | slice) -> nn.Module:
        """A member, or a chain of those that a slice names.

        Raises:
            IndexError: the index is out of range.
        """
        raise NotImplementedError

    def forward(self, x: Any) -> Any:
        """Hand x through all members, each with what the one before returned."""
        raise NotImplementedError
