"""Predict what comes back.

Four things happen between a model and its copy, and each loses something else:

    state_dict()        names and tensors: the model's own memory, no modes, no hooks
    torch.save          whole storages; which views share one; not .grad, not the graph
    torch.load          plain data alone, unless weights_only=False
    load_state_dict     copies into the parameters that are there: dtype, device and
                        requires_grad stay; with assign=True it puts others in

Common notes get some of this wrong. strict=False forgives names, never sizes. A
tuple of numbers is plain data, a number of numpy's isn't. What is loaded before
an error is raised stays loaded.

Write `outcome`. Each case in CASES is a piece of code, which comes after BEGIN. It
leaves something in `answer`, or raises. You answer with str(answer), or with the
name of the exception's class. All cases are the same on torch 2.11 to 2.15.

You answer from what you know: `outcome` must not make or use tensors or arrays.
"""

BEGIN = """\
import collections, copy, io, pathlib
import numpy as np
import torch
from torch import nn

def reload(what, **options):
    file = io.BytesIO()
    torch.save(what, file)
    file.seek(0)
    return torch.load(file, **options)

class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2, bias=False)
        self.b = nn.Linear(2, 2, bias=False)
        self.b.weight = self.a.weight

m, n = nn.Linear(2, 3), nn.Linear(2, 3)
nn.init.ones_(m.bias)
x = torch.arange(6.0)
"""

CASES = {
    # what a file holds of tensors
    "view": "answer = reload(x[:2]).untyped_storage().nbytes()",
    "clone": "answer = reload(x[:2].clone()).untyped_storage().nbytes()",
    "views_together": ("a, b = reload([x, x[:2]])\nb.zero_()\nanswer = a[1].item()"),
    "views_apart": ("a, b = reload(x), reload(x[:2])\nb.zero_()\nanswer = a[1].item()"),
    "twice": ("a, b = reload([x, x])\nanswer = a is b"),
    "expanded": "answer = reload(torch.ones(1).expand(5)).untyped_storage().nbytes()",
    "transposed": "answer = reload(x.view(2, 3).t()).is_contiguous()",
    "requires_grad": ("x.requires_grad_()\nanswer = reload(x).requires_grad"),
    "grad": ("x.requires_grad_()\nx.sum().backward()\nanswer = reload(x).grad"),
    "result": ("y = x.requires_grad_() * 2\nanswer = y.is_leaf, reload(y).is_leaf"),
    "parameter": "answer = type(reload(nn.Parameter(x))).__name__",
    "no_folder": ("torch.save(x, 'no_such_folder/x.pt')\nanswer = 'saved'"),
    "no_file": "torch.load('no_such_file.pt')",
    # what weights_only takes, which is the default
    "module": "answer = type(reload(m)).__name__",
    "module_anyway": "answer = type(reload(m, weights_only=False)).__name__",
    "number": "answer = reload({'loss': 0.5})['loss']",
    "numpy_number": "answer = reload({'loss': np.float64(0.5)})['loss']",
    "array": "answer = reload(np.ones(2)).shape",
    "path": "answer = reload({'from': pathlib.PurePosixPath('a')})",
    "set": "answer = reload({1, 2})",
    "ordered": "answer = type(reload(collections.OrderedDict(a=x))).__name__",
    "dtype": "answer = reload(torch.float64)",
    "device": "answer = reload(torch.device('cpu'))",
    "function": "answer = reload(len)",
    # what a state dict is
    "kept": ("s = m.state_dict()\nnn.init.zeros_(m.bias)\nanswer = s['bias'][0].item()"),
    "kept_copy": (
        "s = m.state_dict().copy()\nnn.init.zeros_(m.bias)\nanswer = s['bias'][0].item()"
    ),
    "kept_deepcopy": (
        "s = copy.deepcopy(m.state_dict())\nnn.init.zeros_(m.bias)\nanswer = s['bias'][0].item()"
    ),
    "kept_reload": (
        "s = reload(m.state_dict())\nnn.init.zeros_(m.bias)\nanswer = s['bias'][0].item()"
    ),
    "metadata": "answer = hasattr(m.state_dict(), '_metadata')",
    "metadata_dict": "answer = hasattr({**m.state_dict()}, '_metadata')",
    "metadata_copy": "answer = hasattr(m.state_dict().copy(), '_metadata')",
    "metadata_reload": "answer = hasattr(reload(m.state_dict()), '_metadata')",
    "tied_names": "answer = len(Tied().state_dict())",
    "tied_parameters": "answer = len(list(Tied().parameters()))",
    "tied_reload": (
        "s = reload(Tied().state_dict())\n"
        "s['a.weight'].fill_(7)\n"
        "answer = s['b.weight'][0, 0].item()"
    ),
    # what load_state_dict takes, and what it does
    "missing": ("n.load_state_dict({'weight': torch.ones(3, 2)})\nanswer = 'loaded'"),
    "missing_not_strict": (
        "r = n.load_state_dict({'weight': torch.ones(3, 2)}, strict=False)\nanswer = r.missing_keys"
    ),
    "sizes": ("nn.Linear(2, 4).load_state_dict(m.state_dict())\nanswer = 'loaded'"),
    "sizes_not_strict": (
        "nn.Linear(2, 4).load_state_dict(m.state_dict(), strict=False)\nanswer = 'loaded'"
    ),
    "sizes_assign": (
        "nn.Linear(2, 4).load_state_dict(m.state_dict(), assign=True)\nanswer = 'loaded'"
    ),
    "broadcast": (
        "n.load_state_dict({'weight': torch.ones(1, 2), 'bias': torch.ones(3)})\nanswer = 'loaded'"
    ),
    "in_part": (
        "try: m.load_state_dict({'weight': torch.ones(9, 9), 'bias': torch.zeros(3) + 7})\n"
        "except RuntimeError: pass\n"
        "answer = m.bias[0].item()"
    ),
    "number_for_one": (
        "n = nn.Linear(2, 1)\n"
        "n.load_state_dict({'weight': torch.ones(1, 2), 'bias': torch.tensor(7.0)})\n"
        "answer = 'loaded'"
    ),
    "one_for_number": (
        "n.register_buffer('t', torch.tensor(0.0))\n"
        "n.load_state_dict({**m.state_dict(), 't': torch.tensor([7.0])})\n"
        "answer = n.t.item()"
    ),
    "mode": ("m.eval()\nn.load_state_dict(m.state_dict())\nanswer = n.training"),
    "frozen": (
        "m.requires_grad_(False)\n"
        "n.load_state_dict(m.state_dict())\n"
        "answer = n.weight.requires_grad"
    ),
    "rate": (
        "s = torch.optim.SGD(m.parameters(), lr=0.5).state_dict()\n"
        "o = torch.optim.SGD(n.parameters(), lr=0.1)\n"
        "o.load_state_dict(s)\n"
        "answer = o.param_groups[0]['lr']"
    ),
    # what assign=True changes
    "doubles": ("n.load_state_dict(m.double().state_dict())\nanswer = n.weight.dtype"),
    "doubles_assign": (
        "n.load_state_dict(m.double().state_dict(), assign=True)\nanswer = n.weight.dtype"
    ),
    "object": ("w = n.weight\nn.load_state_dict(m.state_dict())\nanswer = n.weight is w"),
    "object_assign": (
        "w = n.weight\nn.load_state_dict(m.state_dict(), assign=True)\nanswer = n.weight is w"
    ),
    "memory": (
        "n.load_state_dict(m.state_dict())\nnn.init.zeros_(m.bias)\nanswer = n.bias[0].item()"
    ),
    "memory_assign": (
        "n.load_state_dict(m.state_dict(), assign=True)\n"
        "nn.init.zeros_(m.bias)\n"
        "answer = n.bias[0].item()"
    ),
    "tied": (
        "t = Tied()\nt.load_state_dict(Tied().state_dict())\nanswer = t.a.weight is t.b.weight"
    ),
    "tied_assign": (
        "t = Tied()\n"
        "t.load_state_dict(Tied().state_dict(), assign=True)\n"
        "answer = t.a.weight is t.b.weight"
    ),
    "tied_apart": (
        "t = Tied()\n"
        "t.load_state_dict({'a.weight': torch.zeros(2, 2), 'b.weight': torch.ones(2, 2)})\n"
        "answer = t.a.weight[0, 0].item()"
    ),
}


def outcome(case: str) -> str:
    """Predict what a case leaves, or what it raises.

    Args:
        case: a key of CASES.

    Returns:
        str(answer) after BEGIN and the case have run. Where the case raises, the
        name of the exception's class, such as "ValueError", instead.

    >>> outcome("clone")
    '8'
    >>> outcome("requires_grad")
    'True'
    >>> outcome("missing")
    'RuntimeError'
    """
    return _OUTCOMES[case]


_OUTCOMES = {
    "view": "24",
    "clone": "8",
    "views_together": "0.0",
    "views_apart": "1.0",
    "twice": "True",
    "expanded": "4",
    "transposed": "False",
    "requires_grad": "True",
    "grad": "None",
    "result": "(False, True)",
    "parameter": "Parameter",
    "no_folder": "RuntimeError",
    "no_file": "FileNotFoundError",
    "module": "UnpicklingError",
    "module_anyway": "Linear",
    "number": "0.5",
    "numpy_number": "UnpicklingError",
    "array": "UnpicklingError",
    "path": "UnpicklingError",
    "set": "{1, 2}",
    "ordered": "OrderedDict",
    "dtype": "torch.float64",
    "device": "cpu",
    "function": "UnpicklingError",
    "kept": "0.0",
    "kept_copy": "0.0",
    "kept_deepcopy": "1.0",
    "kept_reload": "1.0",
    "metadata": "True",
    "metadata_dict": "False",
    "metadata_copy": "False",
    "metadata_reload": "True",
    "tied_names": "2",
    "tied_parameters": "1",
    "tied_reload": "7.0",
    "missing": "RuntimeError",
    "missing_not_strict": "['bias']",
    "sizes": "RuntimeError",
    "sizes_not_strict": "RuntimeError",
    "sizes_assign": "RuntimeError",
    "broadcast": "RuntimeError",
    "in_part": "7.0",
    "number_for_one": "RuntimeError",
    "one_for_number": "7.0",
    "mode": "True",
    "frozen": "True",
    "rate": "0.5",
    "doubles": "torch.float32",
    "doubles_assign": "torch.float64",
    "object": "True",
    "object_assign": "False",
    "memory": "1.0",
    "memory_assign": "0.0",
    "tied": "True",
    "tied_assign": "False",
    "tied_apart": "1.0",
}


HINTS = (
    "Of tensors, ask which storage is written, and what is not part of a tensor's numbers: .grad "
    "and the graph are not. What is saved in one call is kept together.",
    "Plain data are tensors, parameters, Python's numbers, strings and containers, and torch's own "
    "small things. A class or function from elsewhere is refused, be it as harmless as a path.",
    "A state dict is an OrderedDict with an attribute, _metadata. Methods that make a new dict of "
    "its items lose that, and none of them copies a tensor but deepcopy.",
    "load_state_dict looks at each entry by itself: it copies those that fit, gathers what is "
    "wrong with the others, and raises at the end. One element for a 0-dim tensor is taken, the "
    "other way round is not.",
    "Copying writes into the memory that is there, whoever else looks at it. With assign=True the "
    "tensors of the state become the parameters, each name's its own.",
)

TAKE_ALONG = (
    "torch.save keeps storages and what shares them, torch.load takes plain data, load_state_dict "
    "copies in place. strict=False is about names alone, and an error may leave a model loaded in "
    "part."
)

APPROACH = "It is a table: each line was found by running the case."
