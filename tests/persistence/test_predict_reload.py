"""Properties and misconceptions of persistence/predict_reload."""

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "outcome answers without making or using tensors."

# As BEGIN and CASES of the exercise; each is run for real.
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

TENSORS = {
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
}
OBJECTS = {
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
}
STATES = {
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
}
LOADING = {
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
}
ASSIGNING = {
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

CASES = {**TENSORS, **OBJECTS, **STATES, **LOADING, **ASSIGNING}


# What the cases come to, for the misconceptions.
TRUTH = {
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


def really(case):
    """What the case leaves or raises, by running it."""
    names = {}
    try:
        exec(BEGIN + CASES[case], names)
    except Exception as error:
        return type(error).__name__
    return str(names["answer"])


@forall(case=st.sampled_from(tuple(TENSORS)))
def test_knows_what_a_file_holds(impl, case):
    """outcome knows what of tensors and their storages is in a file."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(OBJECTS)))
def test_knows_what_is_refused(impl, case):
    """outcome knows what torch.load takes, and what it refuses."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(STATES)))
def test_knows_state_dicts(impl, case):
    """outcome knows what a state dict shares with its model, and what copies of it keep."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(LOADING)))
def test_knows_what_is_loaded(impl, case):
    """outcome knows what load_state_dict takes, what it refuses and what it leaves alone."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(ASSIGNING)))
def test_knows_what_assign_changes(impl, case):
    """outcome knows where a state is copied, and where it is put in place of what was there."""
    with NoOperations(WITHOUT):
        answer = impl.outcome(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="outcome",
    says="strict is about names. Sizes that differ raise, strict or not.",
)
def not_strict_forgives_sizes(case):
    return {"sizes_not_strict": "loaded"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="A view is saved with its whole storage: six numbers of 4 bytes.",
)
def views_are_saved_alone(case):
    return {"view": "8", "views_together": "1.0"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="An expanded tensor has one number in its storage, and that is what is saved.",
)
def expanded_is_written_out(case):
    return {"expanded": "20"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="What is saved in one call is kept together: views share memory again afterwards.",
)
def sharing_is_lost(case):
    lost = {"views_together": "1.0", "twice": "False", "tied_reload": "other"}
    return lost.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="Each call of torch.save writes a file of its own. Nothing is shared between two of them.",
)
def files_share_memory(case):
    return {"views_apart": "0.0", "kept_reload": "0.0"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="requires_grad is saved. The gradient is not, and neither is the graph: what was computed "
    "comes back as a leaf.",
)
def everything_about_gradients_is_lost(case):
    return {"requires_grad": "False"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="The graph is not saved: a result comes back as a leaf.",
)
def results_stay_results(case):
    return {"result": "(False, False)"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="The gradient is no part of what is saved: .grad is None afterwards.",
)
def gradients_are_saved(case):
    return {"grad": "tensor([1., 1., 1., 1., 1., 1.])"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="Neither the graph nor .grad is saved: a result comes back as a leaf, without gradient.",
)
def graph_and_gradients_are_saved(case):
    saved = {"grad": "tensor([1., 1., 1., 1., 1., 1.])", "result": "(False, False)"}
    return saved.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="A whole module is not plain data. Since torch 2.6 torch.load refuses it by default.",
)
def modules_are_loaded(case):
    return {"module": "Linear"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="weights_only takes more than tensors: numbers, strings, containers, sets too, and "
    "torch's dtypes and devices.",
)
def only_weights_are_taken(case):
    taken = ("number", "set", "ordered", "dtype", "device")
    return "UnpicklingError" if case in taken else TRUTH[case]


@misconception(
    of="outcome",
    says="Numbers and arrays of numpy's are made by functions of numpy's, which are not called.",
)
def numpy_is_plain_data(case):
    return {"numpy_number": "0.5", "array": "(2,)"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="A path is harmless, but it is an object of a class that is not torch's: it is refused.",
)
def harmless_objects_are_taken(case):
    return {"path": "{'from': PurePosixPath('a')}"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="A state dict holds the model's own tensors: what is written to the model shows in it.",
)
def state_dicts_are_snapshots(case):
    return {"kept": "1.0", "kept_copy": "1.0"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="copy() of a dict copies the dict. Its tensors are the same, and so is their memory.",
)
def copies_of_dicts_copy_tensors(case):
    return {"kept_copy": "1.0"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="The metadata hang on the dict that state_dict made. A new dict of its items has none.",
)
def metadata_are_copied(case):
    return "True" if case in ("metadata_dict", "metadata_copy") else TRUTH[case]


@misconception(
    of="outcome",
    says="A state dict has each name, a tied weight under both of its names.",
)
def tied_weights_are_listed_once(case):
    return {"tied_names": "1"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="What fits has been loaded when the error is raised for the rest.",
)
def an_error_loads_nothing(case):
    return {"in_part": "1.0"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="Shapes must be equal: nothing is broadcast, and no dimension of length 1 is added.",
)
def shapes_are_broadcast(case):
    return "loaded" if case in ("broadcast", "number_for_one") else TRUTH[case]


@misconception(
    of="outcome",
    says="One exception is made: a tensor of one element is taken for a 0-dim one, as old files "
    "have it.",
)
def shapes_are_always_equal(case):
    return {"one_for_number": "RuntimeError"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="Modes and requires_grad are not in a state dict, so the model keeps its own.",
)
def flags_are_loaded(case):
    return "False" if case in ("mode", "frozen") else TRUTH[case]


@misconception(
    of="outcome",
    says="load_state_dict copies the numbers, and the model keeps its dtype.",
)
def the_dtype_is_loaded(case):
    return {"doubles": "torch.float64"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="load_state_dict writes into the parameters that are there. They stay the same objects.",
)
def parameters_are_replaced(case):
    return {"object": "False", "memory": "0.0", "tied": "False"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="assign=True puts the tensors of the state into the model, with their dtype and memory.",
)
def assign_copies(case):
    copied = {"doubles_assign": "torch.float32", "object_assign": "True", "memory_assign": "1.0"}
    return {**copied, "tied_assign": "True"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="With assign=True each name gets a parameter of its own: what was tied no longer is.",
)
def assign_keeps_ties(case):
    return {"tied_assign": "True"}.get(case, TRUTH[case])


@misconception(
    of="outcome",
    says="Two names of one parameter are two copies into the same memory: the last one stays.",
)
def the_first_of_tied_values_stays(case):
    return {"tied_apart": "0.0"}.get(case, TRUTH[case])
