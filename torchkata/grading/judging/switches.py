"""Torch's own switches for the modes that look at operations, kept for torch and the engine.

With one of them a file could call what is banned unseen, in a line. It can still get at them, as
at all of its own process; but it takes more than a line, and such a file is to be looked at.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torch.overrides
import torch.utils._python_dispatch as dispatch

_HOMES = tuple(f"{each}/" for each in (Path(torch.__file__).parent, Path(__file__).parents[2]))
_SWITCHES: dict[Any, tuple[str, ...]] = {
    torch._C: (
        *("DisableTorchFunction", "_DisableTorchDispatch", "_ExcludeDispatchKeyGuard"),
        *("_pop_torch_function_stack", "_pop_torch_dispatch_stack", "_unset_dispatch_mode"),
        *("_dispatch_tls_set_dispatch_key_excluded", "_ForceDispatchKeyGuard"),
    ),
    torch.overrides: ("_pop_mode", "_pop_mode_temporarily"),
    dispatch: ("_pop_mode", "_pop_mode_temporarily", "_disable_current_modes"),
    gc: ("get_objects", "get_referrers", "get_referents"),
}


def lock() -> None:
    """Have each switch refuse all callers but torch and the engine, in this process for good."""
    kept: dict[int, Any] = {}
    natives = []  # kept alive, so that no other object has their ids
    for home, names in _SWITCHES.items():
        for name in names:
            native = getattr(home, name, None)
            if native is not None:
                natives.append(native)
                kept[id(native)] = _guarded(native, name)
    for name, module in list(sys.modules.items()):
        if name == "gc" or name.partition(".")[0] == "torch":
            for attribute, value in list(vars(module).items()):
                if id(value) in kept:
                    setattr(module, attribute, kept[id(value)])


def _guarded(native: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not sys._getframe(1).f_code.co_filename.startswith(_HOMES):
            raise RuntimeError(f"{name} is not to be had where a file is judged")
        return native(*args, **kwargs)

    guarded.__name__ = name
    return guarded
