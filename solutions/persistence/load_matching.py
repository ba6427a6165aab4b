"""Load what matches, and say what did not.

A pretrained model rarely fits at once. Its keys begin with "module." because it
was trained in parallel, its last layer has other sides, and it has layers that
yours lacks:

    state, with prefix "module."           m
    "module.encoder.weight"  (3, 2)   ──▶  "encoder.weight"  (3, 2)    loaded
    "module.head.weight"     (9, 3)    ✗   "head.weight"     (5, 3)    sides differ
    "module.old.bias"        (4,)      ✗                               no such name
    "epoch.count"            ()        ✗                               no prefix
                                           "head.bias"       (5,)      no value

`load_state_dict(…, strict=False)` forgives names that are missing or too many.
It does not forgive sides that differ: it raises RuntimeError all the same.

Write `load_matching`. A key of the state and a name of the model match where the
key is the prefix followed by the name, and both tensors have the same shape.

- The prefix stands at the beginning of a key and is taken off once: with prefix
  "module.", the key "module.module.bias" is for the name "module.bias".
  `key.lstrip("module.")` is another thing: it takes off any of these letters, as
  long as there are some, so "module.model.bias" becomes "bias".
- A value of another dtype or on another device is converted to the model's.
- The model's parameters and buffers stay the same objects: an optimizer that was
  made before goes on with them. Nothing of `state` is changed, or shared with
  the model.

All of torch is allowed.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn


def load_matching(
    m: nn.Module, state: Mapping[str, Tensor], prefix: str = ""
) -> tuple[set[str], set[str]]:
    """Load into a module what fits it of a state dict.

    Args:
        m: a module. All names of its state dict count, those of buffers too.
        state: tensors by key, in any order.
        prefix: what the keys that are meant begin with, often "".

    Returns:
        (missing, unused): the names in `m.state_dict()` that no value was loaded
        for, and the keys of `state`, as they are there, that were not loaded. A
        name whose key has another shape is missing, and its key is unused.

    >>> m = nn.Linear(2, 1)
    >>> state = {"net.weight": torch.tensor([[3.0, 4.0]]), "net.bias": torch.zeros(5)}
    >>> load_matching(m, state, prefix="net.")
    ({'bias'}, {'net.bias'})
    >>> m.weight.tolist()
    [[3.0, 4.0]]
    """
    own = m.state_dict()
    fitting = {
        name: state[prefix + name]
        for name, value in own.items()
        if prefix + name in state and state[prefix + name].shape == value.shape
    }
    m.load_state_dict(fitting, strict=False)
    return own.keys() - fitting.keys(), state.keys() - {prefix + name for name in fitting}


HINTS = (
    "What load_state_dict would refuse must not get there: choose the entries that fit first, then "
    "load those alone. m.state_dict() tells names and shapes.",
    "str.removeprefix takes a beginning off once, and str.startswith tells whether it is there. Or "
    "the other way round: which key would a name of the model have?",
    "load_state_dict(chosen, strict=False) copies into the parameters that are there. Subtracting "
    "sets gives both results: what of the model was not chosen, and what of the state.",
)

TAKE_ALONG = (
    "strict=False forgives names, never sizes. Filter the state by name and shape, load what is "
    "left, and look at what was not loaded: a typing error in a prefix loads nothing, in silence."
)

APPROACH = (
    "It goes from the model's names to the keys: prefix + name is one string, and nothing need be "
    "taken off."
)
