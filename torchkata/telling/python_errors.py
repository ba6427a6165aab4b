"""What Python's own errors usually mean to someone who writes for torch.

For a group of kinds of exceptions: the start of the message as a pattern, and the sentence.
"""

_NAMES = {
    r"name 'F' is not defined": (
        "F is torch.nn.functional by custom, and Python doesn't know it by itself: write "
        "`import torch.nn.functional as F` at the top of the file."
    ),
    r"name '(nn|optim)' is not defined": (
        "{0} is a part of torch: write `from torch import {0}` at the top of the file."
    ),
    r"name 'np' is not defined": (
        "np is numpy by custom: write `import numpy as np` at the top of the file."
    ),
    r"name 'get_ipython' is not defined": (
        "This line is a notebook's. A file of Python has no notebook round it: leave the line out."
    ),
}

_MODULES = {
    r"(?:partially initialized )?module 'torch' has no attribute "
    r"'(?:tensor|Tensor|zeros|ones|arange|float32|nn|manual_seed)'": (
        "This torch isn't the library: a file or folder called torch lies nearer, and Python takes "
        "the nearest. Give that another name."
    ),
}

_CALLS = {
    r"(scatter\w*)\(\) received an invalid combination of arguments": (
        "None of the ways to call {0} takes these arguments, by their names and types. src= must "
        "be a tensor; a number goes by value=."
    ),
    r"(?!scatter)(\w+)\(\) received an invalid combination of arguments": (
        "None of the ways to call {0} takes these arguments: compare their names, number and types "
        "with those that torch lists."
    ),
    r"(\w+) requires at least 1 positional argument": (
        "functools.singledispatch looks at the type of the first positional argument, and {0} is "
        "called with its arguments by name."
    ),
}

_INPUT = {
    r"EOF when reading a line": (
        "Nobody can answer while code is judged: what a function needs comes by its parameters, "
        "and not by input()."
    ),
}

_DEBUGGER = {
    r"$": (
        "A breakpoint was reached, and its debugger ended before the code did. Take the breakpoint "
        "out, or let the debugger go on with `continue`."
    ),
}

SENTENCES: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("NameError",), _NAMES),
    (("AttributeError",), _MODULES),
    (("TypeError",), _CALLS),
    (("EOFError",), _INPUT),
    (("BdbQuit",), _DEBUGGER),
)
