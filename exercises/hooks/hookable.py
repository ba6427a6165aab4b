"""Build the hooks of a module yourself.

"A forward hook runs after every forward()", notes say. It doesn't: forward knows nothing of hooks.
The call of a module is what runs them, after forward, each with what the one before left:

    layer(x)            forward(x) ──▶ hook 1 ──▶ hook 2 ──▶ output
    layer.forward(x)    forward(x) ──▶ output

Write `Hookable`, a base class that gives this to classes with a method `forward`, and `run`, which
passes something through several of them. nn.Module is the model, and is not needed.

- A call `layer(x)` runs `forward(x)` once, then each hook as `fn(layer, x, output)`. The hooks run
  in the order in which they were registered.
- What a hook returns takes the output's place, for the next hook and for the caller, whatever it
  is: 0, an empty tuple and a tensor of zeros too. Only None leaves the output as it is. All of it
  is passed on as it is, the very object.
- `register(fn)` returns a handle. Its `remove()` ends this registration and no other; a second
  `remove()` does nothing. A function that is registered twice runs twice.
- Which hooks run in a call is settled when `forward` has returned. A hook that registers or removes
  hooks, itself perhaps, changes the next call, not this one.
- Each instance has its own hooks.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from torch.utils.hooks import RemovableHandle


class Hookable:
    """What has a method `forward` of one argument, and hooks on its call.

    A class that inherits from it defines `forward`. If it has an `__init__` too, that calls
    `super().__init__()`.

    >>> class Double(Hookable):
    ...     def forward(self, x):
    ...         return 2 * x
    >>> layer = Double()
    >>> handle = layer.register(lambda layer, x, output: output + x)
    >>> layer(5), layer.forward(5)
    (15, 10)
    >>> handle.remove()
    >>> layer(5)
    10
    """

    forward: Callable[[Any], Any]

    def __init__(self) -> None:
        raise NotImplementedError

    def __call__(self, x: Any) -> Any:
        """Run forward, then the hooks.

        Args:
            x: what forward takes.

        Returns:
            The output that is left after the last hook.
        """
        raise NotImplementedError

    def register(self, fn: Callable[..., Any]) -> RemovableHandle:
        """Add a hook.

        Args:
            fn: is called with the instance, what it was called with, and the output.

        Returns:
            A handle: torch's own, or any object with a method `remove()` that does the same.
        """
        raise NotImplementedError


def run(layers: Iterable[Hookable], x: Any) -> Any:
    """Pass x through all layers in order, with their hooks.

    Args:
        layers: an iterable, a generator perhaps. It may be empty.
        x: what the first layer takes.

    Returns:
        What the last layer gives, or x where there is none.

    >>> class Double(Hookable):
    ...     def forward(self, x):
    ...         return 2 * x
    >>> run([Double(), Double(), Double()], 1)
    8
    """
    raise NotImplementedError
