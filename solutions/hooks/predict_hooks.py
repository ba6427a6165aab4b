"""Predict which hooks are heard.

A hook is called by what torch does around forward and backward, not by forward itself:

    m(x)          pre-hooks of m ──▶ forward ──▶ hooks of m, in order ──▶ output
    backward()    hooks of m hear of it where its output, a tensor, is part of the graph

Common notes get some of this wrong. `m.forward(x)` calls no hook. A hook does not see what forward
returned, but what the hook before it made of that. A full backward hook hears of a module whose
input needs no gradient, but not of one that returns a dict, and it forbids in-place work on the
output, in the forward pass already.

Write `heard`. Each case in CASES is a piece of code, which comes after BEGIN. You answer with the
list `heard` as it is at the end, or with the name of the exception that the code raises. All cases
are the same on torch 2.11 to 2.15; what is only warned of counts as nothing.

You answer from what you know: `heard` must not make or use tensors or arrays.
"""

BEGIN = """\
import copy
import torch
from torch import nn

heard = []

def hook(name):
    def listen(*args):
        heard.append(name)
    return listen

class Double(nn.Module):
    def forward(self, x, factor=2.0):
        return x * factor

class Named(nn.Module):
    def forward(self, x):
        return {"y": x * 2.0}

class Fails(nn.Module):
    def forward(self, x):
        raise ValueError("fails")

m = Double()
x = torch.tensor([1.0, 2.0], requires_grad=True)
"""

CASES = {
    # who is heard in a forward pass
    "call": "m.register_forward_hook(hook('f')); m(x)",
    "forward": "m.register_forward_hook(hook('f')); m.forward(x)",
    "twice": "f = hook('f'); m.register_forward_hook(f); m.register_forward_hook(f); m(x)",
    "list": "m = nn.ModuleList([m]); m.register_forward_hook(hook('list')); m[0](x)",
    "deepcopy": "m.register_forward_hook(hook('f')); copy.deepcopy(m)(x)",
    "state_dict": (
        "m.register_forward_hook(hook('f'))\nn = Double(); n.load_state_dict(m.state_dict()); n(x)"
    ),
    "fails": "m = Fails(); m.register_forward_hook(hook('f'))\ntry: m(x)\nexcept ValueError: pass",
    "always_call": (
        "m = Fails(); m.register_forward_hook(hook('f'), always_call=True)\n"
        "try: m(x)\n"
        "except ValueError: pass"
    ),
    "late": (
        "f = lambda *args: (m.register_forward_hook(hook('late')), None)[1]\n"
        "m.register_forward_hook(f)\n"
        "m(x)"
    ),
    "removed_meanwhile": (
        "m.register_forward_hook(lambda *args: second.remove())\n"
        "second = m.register_forward_hook(hook('second')); m(x)"
    ),
    # in which order, and what a forward hook sees
    "two": "m.register_forward_hook(hook('a')); m.register_forward_hook(hook('b')); m(x)",
    "prepend": (
        "m.register_forward_hook(hook('a')); m.register_forward_hook(hook('b'), prepend=True)\nm(x)"
    ),
    "pre": "m.register_forward_hook(hook('f')); m.register_forward_pre_hook(hook('pre')); m(x)",
    "of_all": (
        "m.register_forward_hook(hook('own'))\n"
        "with nn.modules.module.register_module_forward_hook(hook('all')): m(x)"
    ),
    "nested": (
        "s = nn.Sequential(m)\n"
        "s.register_forward_hook(hook('s'))\n"
        "m.register_forward_hook(hook('m'))\n"
        "s(x)"
    ),
    "nested_pre": (
        "s = nn.Sequential(m); s.register_forward_pre_hook(hook('s'))\n"
        "m.register_forward_pre_hook(hook('m')); s(x)"
    ),
    "replaced": (
        "m.register_forward_hook(lambda m, args, y: 5 * y)\n"
        "m.register_forward_hook(lambda m, args, y: heard.append(str(y[0].item()))); m(x)"
    ),
    "keyword": (
        "m.register_forward_hook(lambda m, args, y: heard.append(str(len(args))))\nm(x, factor=3.0)"
    ),
    "only_keyword": (
        "m.register_forward_hook(lambda m, args, y: heard.append(str(len(args)))); m(x=x)"
    ),
    # full backward hooks of modules
    "backward": "m.register_full_backward_hook(hook('b')); m(x).sum().backward()",
    "no_backward": "m.register_full_backward_hook(hook('b')); m(x)",
    "backward_pre": (
        "m.register_full_backward_hook(hook('b'))\n"
        "m.register_full_backward_pre_hook(hook('pre'))\n"
        "m(x).sum().backward()"
    ),
    "chain": (
        "n = Double()\n"
        "n.register_full_backward_hook(hook('n'))\n"
        "m.register_full_backward_hook(hook('m'))\n"
        "n(m(x)).sum().backward()"
    ),
    "constant_input": (
        "m = nn.Linear(2, 1); m.register_full_backward_hook(hook('b'))\n"
        "m(torch.ones(2)).sum().backward()"
    ),
    "dict": "m = Named(); m.register_full_backward_hook(hook('b')); m(x)['y'].sum().backward()",
    "in_place": (
        "m.register_full_backward_hook(hook('b')); y = m(x); y.add_(1); y.sum().backward()"
    ),
    "relu_in_place": (
        "m.register_full_backward_hook(hook('b'))\n"
        "nn.Sequential(m, nn.ReLU(inplace=True))(x).sum().backward()"
    ),
    "old_and_full": (
        "m.register_full_backward_hook(hook('b')); m.register_backward_hook(hook('old'))"
    ),
    # hooks of tensors
    "tensors": (
        "y = x * 2\ny.register_hook(hook('a'))\ny.register_hook(hook('b'))\ny.sum().backward()"
    ),
    "two_uses": "y = x * 2; y.register_hook(hook('y')); (y + y * y).sum().backward()",
    "not_reached": "y = x * 2; y.register_hook(hook('y')); x.sum().backward()",
    "grad": "x.register_hook(hook('x')); torch.autograd.grad((x * 2).sum(), x)",
    "accumulated": (
        "x.register_post_accumulate_grad_hook(hook('post')); x.register_hook(hook('x'))\n"
        "(x * 2).sum().backward()"
    ),
    "not_accumulated": (
        "x.register_post_accumulate_grad_hook(hook('post'))\ntorch.autograd.grad((x * 2).sum(), x)"
    ),
    "result_accumulated": (
        "y = x * 2; y.register_post_accumulate_grad_hook(hook('post')); y.sum().backward()"
    ),
    "no_grad": "x.detach().register_hook(hook('x'))",
    "other_shape": "y = x * 2; y.register_hook(lambda g: g.sum()); y.sum().backward()",
    "other_dtype": "y = x * 2; y.register_hook(lambda g: g.double()); y.sum().backward()",
}


def heard(case: str) -> list[str] | str:
    """Predict which hooks run, in order, or what is raised.

    Args:
        case: a key of CASES.

    Returns:
        The list `heard` after BEGIN and the case have run: what was appended, in order, and [] if
        nothing was. Where the case raises, the name of the exception's class, such as
        "ValueError", instead.

    >>> heard("call")
    ['f']
    >>> heard("forward")
    []
    >>> heard("old_and_full")
    'RuntimeError'
    """
    if case in _RAISE:
        return "RuntimeError"
    return list(_HEARD.get(case, ()))


_RAISE = {
    "in_place",
    "relu_in_place",
    "old_and_full",
    "result_accumulated",
    "no_grad",
    "other_shape",
    "other_dtype",
}

_HEARD = {
    "call": ["f"],
    "twice": ["f", "f"],
    "deepcopy": ["f"],
    "always_call": ["f"],
    "removed_meanwhile": ["second"],
    "two": ["a", "b"],
    "prepend": ["b", "a"],
    "pre": ["pre", "f"],
    "of_all": ["all", "own"],
    "nested": ["m", "s"],
    "nested_pre": ["s", "m"],
    "replaced": ["10.0"],
    "keyword": ["1"],
    "only_keyword": ["0"],
    "backward": ["b"],
    "backward_pre": ["pre", "b"],
    "chain": ["n", "m"],
    "constant_input": ["b"],
    "tensors": ["a", "b"],
    "two_uses": ["y"],
    "grad": ["x"],
    "accumulated": ["x", "post"],
}

HINTS = (
    "Ask of each case: who calls the hook? m(x) does, forward doesn't, and a pass that does not "
    "reach a tensor doesn't either. Hooks belong to the module object, and go with its copy.",
    "Hooks run in the order in which they were registered, each with what the one before made of "
    "the output. Those of all modules come first. A parent's stand around its children's. Which "
    "hooks run is settled before the first of them runs.",
    "A full backward hook wraps the tensors that go in and out of a module. It finds none in a "
    "dict, and what it wraps must not be written to. An input without gradient does not stop it.",
    "A tensor hook runs once a pass, when the gradients of all uses have been added. It must give "
    "something like the gradient, or None. A post-accumulate hook waits for .grad, which leaves "
    "alone get, and not from torch.autograd.grad.",
)

TAKE_ALONG = (
    "Call the module, not its forward. Hooks run in order, each on what the one before left, and "
    "full backward hooks want tensors that nobody writes to."
)

APPROACH = (
    "It lists who is heard and what raises. In the other cases nobody is heard, which people "
    "forget: a hook that is not called says nothing."
)
