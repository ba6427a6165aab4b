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
    r"name '(math|random|copy|itertools|functools|collections|contextlib|operator|warnings)' "
    r"is not defined": (
        "{0} is a module of Python's own: write `import {0}` at the top of the file."
    ),
    r"name 'torch' is not defined": "Write `import torch` at the top of the file.",
    r"name 'Tensor' is not defined": (
        "Tensor is a part of torch: write `from torch import Tensor` at the top of the file."
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

_PAIRS = {
    r".*\btorch\.return_types\.(max|min|sort|topk|median|mode|kthvalue|cummax|cummin)\b": (
        "Along a dim, torch.{0} gives two tensors: .values and .indices. Take the one that is "
        "meant."
    ),
}

_LOADERS = "batch_sampler|batch_size|dataset|sampler"
"""What a DataLoader has, and what else gives batches has not."""

_KINDS = {
    r"'torch\.Size' object does not support item assignment": (
        "A shape is a kind of tuple, which can't be changed: make a list of it first."
    ),
    r"can only concatenate tuple \(not \S+\) to torch\.Size": (
        "A shape is a kind of tuple, and + joins it with another tuple: x.shape + (n,)."
    ),
    r"'torch\.Size' object is not callable": (
        "A shape is no function: no brackets go behind x.shape, and one pair behind x.size."
    ),
    r"(reshape|expand|repeat)\(\) missing 1 required positional argument": (
        "No size was given, as by {0}(*shape) where the shape is (). Hand the shape over as one "
        "tuple."
    ),
    r".*'builtin_function_or_method'": (
        "A function is used here that was not called: brackets are missing behind a name."
    ),
    r'can only concatenate list \(not "Tensor"\) to list': (
        "+ joins a list with another list. To add numbers, make a tensor of the list first."
    ),
    r"'float' object cannot be interpreted as an integer": (
        "A whole number is needed here. / gives a float, even where nothing is left over; // gives "
        "a whole number."
    ),
    rf"'(list|tuple|generator)' object has no attribute '({_LOADERS})'": (
        "A {0} has no {1}, which only a DataLoader has. Anything that gives batches can be a "
        "loader."
    ),
    rf"'(list|tuple)' object has no attribute '((?!(?:{_LOADERS})')\w+)'": (
        "A {0} has no {1}. If a tensor is meant: torch.tensor makes one of numbers, torch.stack "
        "one of tensors."
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
    (("TypeError", "AttributeError"), _PAIRS),
    (("TypeError", "AttributeError"), _KINDS),
    (("EOFError",), _INPUT),
    (("BdbQuit",), _DEBUGGER),
)
