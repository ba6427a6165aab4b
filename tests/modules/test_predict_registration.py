"""Properties and misconceptions of modules/predict_registration."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "registered answers without making or using tensors."

NOTHING = (False, False, False)
PARAMETER = (True, False, True)
BUFFER = (False, True, True)
NOT_SAVED = (False, True, False)

# As in CASES of the exercise; each is run for real.
ATTRIBUTES = {
    "parameter": "m.t = nn.Parameter(torch.ones(2))",
    "tensor": "m.t = torch.ones(2)",
    "tensor_on": "m.t = torch.ones(2, requires_grad=True)",
    "frozen": "m.t = nn.Parameter(torch.ones(2), requires_grad=False)",
    "setattr": "setattr(m, 't', nn.Parameter(torch.ones(2)))",
    "register_parameter": "m.register_parameter('t', nn.Parameter(torch.ones(2)))",
    "times": "m.t = nn.Parameter(torch.ones(2)) * 2",
    "double": "m.t = nn.Parameter(torch.ones(2)).double()",
    "detach": "m.t = nn.Parameter(torch.ones(2)).detach()",
    "of_the_class": "class Net(nn.Module):\n    t = nn.Parameter(torch.ones(2))\nm = Net()",
}
BUFFERS = {
    "buffer": "m.register_buffer('t', torch.ones(2))",
    "nn_buffer": "m.t = nn.Buffer(torch.ones(2))",
    "not_persistent": "m.register_buffer('t', torch.ones(2), persistent=False)",
    "buffer_on": "m.register_buffer('t', torch.ones(2, requires_grad=True))",
    "parameter_as_buffer": "m.register_buffer('t', nn.Parameter(torch.ones(2)))",
    "no_buffer": "m.register_buffer('t', None)",
    "no_parameter": "m.register_parameter('t', None)",
}
USED_AGAIN = {
    "parameter_over_tensor": "m.t = torch.ones(2)\nm.t = nn.Parameter(torch.ones(2))",
    "parameter_over_buffer": (
        "m.register_buffer('t', torch.ones(2))\nm.t = nn.Parameter(torch.ones(2))"
    ),
    "parameter_over_not_persistent": (
        "m.register_buffer('t', torch.ones(2), persistent=False)\nm.t = nn.Parameter(torch.ones(2))"
    ),
    "tensor_over_buffer": "m.register_buffer('t', torch.ones(2))\nm.t = torch.zeros(2)",
    "tensor_over_no_buffer": "m.register_buffer('t', None)\nm.t = torch.ones(2)",
    "parameter_over_no_parameter": (
        "m.register_parameter('t', None)\nm.t = nn.Parameter(torch.ones(2))"
    ),
    "none_over_parameter": "m.t = nn.Parameter(torch.ones(2))\nm.t = None",
    "none_over_buffer": "m.register_buffer('t', torch.ones(2))\nm.t = None",
    "none_and_back": "m.register_buffer('t', torch.ones(2))\nm.t = None\nm.t = torch.ones(2)",
    "deleted": "m.t = nn.Parameter(torch.ones(2))\ndel m.t",
    "deleted_and_back": "m.register_buffer('t', torch.ones(2))\ndel m.t\nm.t = torch.ones(2)",
}
HOLDERS = {
    "layer": "m.t = nn.Linear(2, 2)",
    "frozen_layer": "m.t = nn.Linear(2, 2).requires_grad_(False)",
    "relu": "m.t = nn.ReLU()",
    "bare_norm": "m.t = nn.BatchNorm1d(2, affine=False)",
    "list_of_layers": "m.t = [nn.Linear(2, 2)]",
    "module_list": "m.t = nn.ModuleList([nn.Linear(2, 2)])",
    "list_of_parameters": "m.t = [nn.Parameter(torch.ones(2))]",
    "parameter_list": "m.t = nn.ParameterList([nn.Parameter(torch.ones(2))])",
    "parameter_list_of_tensors": "m.t = nn.ParameterList([torch.ones(2)])",
    "dict_of_layers": "m.t = {'a': nn.Linear(2, 2)}",
    "list_within": "m.t = nn.Module()\nm.t.layers = [nn.Linear(2, 2)]",
}

CASES = {**ATTRIBUTES, **BUFFERS, **USED_AGAIN, **HOLDERS}

# What the cases come to, for the misconceptions.
TRUTH = {
    "parameter": PARAMETER,
    "tensor": NOTHING,
    "tensor_on": NOTHING,
    "frozen": PARAMETER,
    "setattr": PARAMETER,
    "register_parameter": PARAMETER,
    "times": NOTHING,
    "double": NOTHING,
    "detach": NOTHING,
    "of_the_class": NOTHING,
    "buffer": BUFFER,
    "nn_buffer": BUFFER,
    "not_persistent": NOT_SAVED,
    "buffer_on": BUFFER,
    "parameter_as_buffer": BUFFER,
    "no_buffer": NOTHING,
    "no_parameter": NOTHING,
    "parameter_over_tensor": PARAMETER,
    "parameter_over_buffer": PARAMETER,
    "parameter_over_not_persistent": PARAMETER,
    "tensor_over_buffer": BUFFER,
    "tensor_over_no_buffer": BUFFER,
    "parameter_over_no_parameter": PARAMETER,
    "none_over_parameter": NOTHING,
    "none_over_buffer": NOTHING,
    "none_and_back": BUFFER,
    "deleted": NOTHING,
    "deleted_and_back": NOTHING,
    "layer": PARAMETER,
    "frozen_layer": PARAMETER,
    "relu": NOTHING,
    "bare_norm": BUFFER,
    "list_of_layers": NOTHING,
    "module_list": PARAMETER,
    "list_of_parameters": NOTHING,
    "parameter_list": PARAMETER,
    "parameter_list_of_tensors": PARAMETER,
    "dict_of_layers": NOTHING,
    "list_within": NOTHING,
}


def really(case):
    """What is found in the module, by running the case."""
    names = {"torch": torch, "nn": nn, "m": nn.Module()}
    exec(CASES[case], names)
    m = names["m"]
    return bool(list(m.parameters())), bool(list(m.buffers())), bool(m.state_dict())


@forall(case=st.sampled_from(tuple(ATTRIBUTES)))
def test_knows_attributes(impl, case):
    """registered knows what is found of a tensor or parameter in an attribute."""
    with NoOperations(WITHOUT):
        answer = impl.registered(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(BUFFERS)))
def test_knows_buffers(impl, case):
    """registered knows what is found of a buffer, saved or not, and of None."""
    with NoOperations(WITHOUT):
        answer = impl.registered(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(USED_AGAIN)))
def test_knows_names_that_are_used_again(impl, case):
    """registered knows what becomes of a name that held something before."""
    with NoOperations(WITHOUT):
        answer = impl.registered(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(HOLDERS)))
def test_knows_what_holds_others(impl, case):
    """registered knows which layers and containers are looked into, and what those hold."""
    with NoOperations(WITHOUT):
        answer = impl.registered(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="registered",
    says="Requiring grad makes no parameter of a tensor. The type does: nn.Parameter.",
)
def what_requires_grad_is_a_parameter(case):
    return PARAMETER if case in ("tensor_on", "buffer_on") else TRUTH[case]


@misconception(
    of="registered",
    says="A parameter that does not require grad is still a parameter: it is listed and saved.",
)
def frozen_is_no_parameter(case):
    return BUFFER if case in ("frozen", "frozen_layer") else TRUTH[case]


@misconception(
    of="registered",
    says="A plain tensor in an attribute is not saved: a state dict holds parameters and buffers.",
)
def every_tensor_is_saved(case):
    plain = ("tensor", "tensor_on", "times", "double", "detach")
    return (False, False, True) if case in plain else TRUTH[case]


@misconception(
    of="registered",
    says="The result of an operation on a parameter is a tensor, with the parameter behind it. "
    "Only the parameter itself would be registered.",
)
def results_of_parameters_are_parameters(case):
    return PARAMETER if case in ("times", "double", "detach") else TRUTH[case]


@misconception(
    of="registered",
    says="double() of a parameter gives a tensor, not a parameter. A module's double() is another "
    "thing: it converts the parameters that are registered.",
)
def conversions_keep_parameters(case):
    return PARAMETER if case == "double" else TRUTH[case]


@misconception(
    of="registered",
    says="What is registered is found in the instance. An attribute of the class is not.",
)
def the_class_registers(case):
    return PARAMETER if case == "of_the_class" else TRUTH[case]


@misconception(
    of="registered",
    says="A buffer need not stay one: a parameter assigned to its name takes the name over.",
)
def a_buffer_stays_a_buffer(case):
    if case == "parameter_over_not_persistent":
        return NOT_SAVED
    return BUFFER if case == "parameter_over_buffer" else TRUTH[case]


@misconception(
    of="registered",
    says="persistent=False belongs to the buffer. A parameter that takes its name over is saved.",
)
def the_name_stays_unsaved(case):
    return (True, False, False) if case == "parameter_over_not_persistent" else TRUTH[case]


@misconception(
    of="registered",
    says="A buffer that is not persistent is left out of the state dict. That is what the word "
    "means.",
)
def all_buffers_are_saved(case):
    return BUFFER if case == "not_persistent" else TRUTH[case]


@misconception(
    of="registered",
    says="A buffer that is not persistent is a buffer all the same: it is moved with the module. "
    "Only the state dict leaves it out.",
)
def unsaved_is_no_buffer(case):
    return NOTHING if case == "not_persistent" else TRUTH[case]


@misconception(
    of="registered",
    says="The state dict holds the buffers too: a model without its running statistics would not "
    "be the same model.",
)
def only_parameters_are_saved(case):
    parameters, buffers, _ = TRUTH[case]
    return parameters, buffers, parameters


@misconception(
    of="registered",
    says="A name may be registered with None, but there is nothing to train, move or save yet.",
)
def none_is_listed(case):
    return {"no_buffer": BUFFER, "no_parameter": PARAMETER}.get(case, TRUTH[case])


@misconception(
    of="registered",
    says="Assigning None leaves the name registered, and nothing under it: parameters, buffers and "
    "state dict pass over it.",
)
def none_changes_nothing(case):
    changes = {"none_over_parameter": PARAMETER, "none_over_buffer": BUFFER}
    return changes.get(case, TRUTH[case])


@misconception(
    of="registered",
    says="A buffer that became None is still registered by its name: a tensor assigned later is a "
    "buffer again.",
)
def none_ends_the_registration(case):
    return NOTHING if case in ("none_and_back", "tensor_over_no_buffer") else TRUTH[case]


@misconception(
    of="registered",
    says="del takes the name out of the register. What comes later is judged by its own type.",
)
def a_deleted_name_is_remembered(case):
    return BUFFER if case == "deleted_and_back" else TRUTH[case]


@misconception(
    of="registered",
    says="A tensor assigned to the name of a buffer becomes the buffer: it does not push it out.",
)
def a_tensor_pushes_the_buffer_out(case):
    return NOTHING if case == "tensor_over_buffer" else TRUTH[case]


@misconception(
    of="registered",
    says="register_buffer makes a buffer of whatever tensor it is given, a parameter too.",
)
def a_parameter_stays_a_parameter(case):
    return PARAMETER if case == "parameter_as_buffer" else TRUTH[case]


@misconception(
    of="registered",
    says="A module does not look into Python lists and dicts, not even within a submodule. "
    "nn.ModuleList and its like are there for that.",
)
def lists_are_looked_into(case):
    lists = ("list_of_layers", "list_of_parameters", "dict_of_layers", "list_within")
    return PARAMETER if case in lists else TRUTH[case]


@misconception(
    of="registered",
    says="A submodule is walked into, but the list in it is a Python list as any other.",
)
def only_the_outermost_list_is_lost(case):
    return PARAMETER if case == "list_within" else TRUTH[case]


@misconception(
    of="registered",
    says="An nn.ParameterList makes parameters of the tensors that it is given.",
)
def parameter_lists_leave_tensors_as_they_are(case):
    return NOTHING if case == "parameter_list_of_tensors" else TRUTH[case]


@misconception(
    of="registered",
    says="Not every layer has parameters: a ReLU has nothing, and a batch norm without affine only "
    "its running statistics.",
)
def every_layer_has_parameters(case):
    changes = {"relu": PARAMETER, "bare_norm": (True, True, True)}
    return changes.get(case, TRUTH[case])
