"""Replace what a module returns, for a while.

What would the model say if this layer gave zeros? If one head were switched off? A forward hook can
answer without a change to the model: what it returns takes the place of the module's output.

    with patched(layer, fn):        x ──▶ layer ──▶ fn ──▶ the next layer
        model(x)
    model(x)                        x ──▶ layer ──▶ the next layer

Write `patched`, whose result is used in a with statement.

- Within the block each call of `m`, by you or by a model that it is part of, returns `fn(output)`.
  `fn` is called once in each call of `m`, and with nothing but the output.
- `output` is what `m` would return without your patch: whatever hooks that were registered earlier
  made of it, and whole. Where it is a tuple or a dict, `fn` gets the tuple or the dict.
- What `fn` returns is the output, whatever it is: a tensor that holds 0 and an empty tuple too.
  Where `fn` returns None, the output stays as it is.
- Gradients pass through `fn` and `m` as through any other code.
- After the block `m` is as before. That holds also where the block or `fn` raises: the exception
  goes on. Hooks of others stay.
- A module can be patched twice. The later patch gets what the earlier returns, and each ends with
  its own block, in whatever order they end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from torch import nn


@contextmanager
def patched(m: nn.Module, fn: Callable[[Any], Any]) -> Iterator[None]:
    """Within a with block, pass the output of a module through a function.

    Args:
        m: a module. It may return anything.
        fn: maps the output of `m` to what takes its place, or to None.

    Returns:
        A context manager. What it gives after `as` is not used.

    >>> import torch
    >>> layer = nn.ReLU()
    >>> with patched(layer, lambda output: output + 10):
    ...     layer(torch.tensor([-1.0, 2.0]))
    tensor([10., 12.])
    >>> layer(torch.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """

    def replace(module: nn.Module, inputs: tuple[Any, ...], output: Any) -> Any:
        return fn(output)

    handle = m.register_forward_hook(replace)
    try:
        yield
    finally:
        handle.remove()


HINTS = (
    "A forward hook is called with the module, the tuple of its inputs and its output. What does a "
    "module return where a hook returns something else than None?",
    "A with statement needs something with __enter__ and __exit__. contextlib.contextmanager makes "
    "it of a function with one yield. What follows the yield is done at the end of the block.",
    "Where the block raises, the exception comes out of the yield. What must be undone in any case "
    "stands in a finally.",
)

TAKE_ALONG = (
    "What a forward hook returns takes the output's place, unless it is None. A hook that is meant "
    "for a while belongs into a with statement."
)

APPROACH = (
    "The hook passes on whatever fn returns, and torch itself lets None mean no change. The handle "
    "that register_forward_hook returns is itself a context manager, which would do as well."
)
