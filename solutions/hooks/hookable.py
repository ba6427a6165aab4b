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
        self._hooks: OrderedDict[int, Callable[..., Any]] = OrderedDict()

    def __call__(self, x: Any) -> Any:
        """Run forward, then the hooks.

        Args:
            x: what forward takes.

        Returns:
            The output that is left after the last hook.
        """
        output = self.forward(x)
        for hook in list(self._hooks.values()):
            instead = hook(self, x, output)
            if instead is not None:
                output = instead
        return output

    def register(self, fn: Callable[..., Any]) -> RemovableHandle:
        """Add a hook.

        Args:
            fn: is called with the instance, what it was called with, and the output.

        Returns:
            A handle: torch's own, or any object with a method `remove()` that does the same.
        """
        handle = RemovableHandle(self._hooks)
        self._hooks[handle.id] = fn
        return handle


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
    for layer in layers:
        x = layer(x)
    return x


HINTS = (
    "layer(x) is layer.__call__(x). It has to keep one variable for the output, which hooks may "
    "set anew. How is no answer told apart from the answer 0?",
    "The handle must know which registration it stands for. The function doesn't tell: it may be "
    "there twice. Numbers that are never used again do.",
    "A list that is changed while a loop walks over it skips elements, and a dict raises. Take "
    "a copy first.",
    "torch.utils.hooks.RemovableHandle takes an OrderedDict, and has an id of its own. remove() "
    "takes that key out, if it is there. A plain dict has no weak references.",
)

TAKE_ALONG = (
    "Call modules, never their forward: hooks belong to the call. A hook that returns something "
    "replaces the output, and None leaves it."
)

APPROACH = (
    "nn.Module does the same: an OrderedDict from a number to the hook, and RemovableHandle, which "
    "takes the number out again. The loop walks over a copy of the values."
)
