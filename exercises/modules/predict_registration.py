"""Predict what a module knows of.

A module sorts what is assigned to its attributes. Three walks over it ask three questions:

    m.parameters()     what is trained?                      an optimizer is given these
    m.buffers()        what else belongs to the model?       moved with it, but not trained
    m.state_dict()     what is saved?                        by name, and loaded by name

What goes where depends on the type of the value, and on what the name has been before. Common
notes get some of it wrong. Not every tensor that requires grad is a parameter. A buffer need not
stay one, and need not be saved. And a name can be registered though it holds None.

Write `registered`. Each case in CASES is a piece of code that makes a module m. It begins with

    m = nn.Module()

which has no parameter, no buffer and an empty state dict, and then puts something into m, directly
or within another module. You answer from what you know: `registered` must not make or use tensors
or arrays.

One thing is in no case, since it raises TypeError: assigning a plain tensor to a name that is
registered for a parameter.
"""

CASES = {
    # one attribute
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
    # buffers
    "buffer": "m.register_buffer('t', torch.ones(2))",
    "nn_buffer": "m.t = nn.Buffer(torch.ones(2))",
    "not_persistent": "m.register_buffer('t', torch.ones(2), persistent=False)",
    "buffer_on": "m.register_buffer('t', torch.ones(2, requires_grad=True))",
    "parameter_as_buffer": "m.register_buffer('t', nn.Parameter(torch.ones(2)))",
    "no_buffer": "m.register_buffer('t', None)",
    "no_parameter": "m.register_parameter('t', None)",
    # one name, used again
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
    # something that holds others
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


def registered(case: str) -> tuple[bool, bool, bool]:
    """Predict in which of the three walks something is found.

    Args:
        case: a key of CASES, which says what is put into the module.

    Returns:
        Whether there is anything in `m.parameters()`, in `m.buffers()` and in `m.state_dict()`.

    >>> registered("parameter")
    (True, False, True)
    >>> registered("buffer")
    (False, True, True)
    >>> registered("tensor")
    (False, False, False)
    """
    raise NotImplementedError
