"""Properties and misconceptions of hooks/predict_hooks."""

import warnings

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "heard answers without making or using tensors."

# As BEGIN and CASES of the exercise; each is run for real.
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
FORWARD = {
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
}
ORDER = {
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
}
BACKWARD = {
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
}
TENSORS = {
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

CASES = {**FORWARD, **ORDER, **BACKWARD, **TENSORS}

# What the cases come to, for the misconceptions.
RAISES = "RuntimeError"
TRUTH = {
    "call": ["f"],
    "forward": [],
    "twice": ["f", "f"],
    "list": [],
    "deepcopy": ["f"],
    "state_dict": [],
    "fails": [],
    "always_call": ["f"],
    "late": [],
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
    "no_backward": [],
    "backward_pre": ["pre", "b"],
    "chain": ["n", "m"],
    "constant_input": ["b"],
    "dict": [],
    "in_place": RAISES,
    "relu_in_place": RAISES,
    "old_and_full": RAISES,
    "tensors": ["a", "b"],
    "two_uses": ["y"],
    "not_reached": [],
    "grad": ["x"],
    "accumulated": ["x", "post"],
    "not_accumulated": [],
    "result_accumulated": RAISES,
    "no_grad": RAISES,
    "other_shape": RAISES,
    "other_dtype": RAISES,
}


def really(case):
    """What is heard, or the name of what is raised, by running the case."""
    names = {}
    exec(BEGIN, names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(CASES[case], names)
        except Exception as error:
            return type(error).__name__
    return names["heard"]


@forall(case=st.sampled_from(tuple(FORWARD)))
def test_knows_who_is_heard(impl, case):
    """heard knows which forward hooks are called, and by what."""
    with NoOperations(WITHOUT):
        answer = impl.heard(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(ORDER)))
def test_knows_the_order(impl, case):
    """heard knows in which order forward hooks run, and what they are given."""
    with NoOperations(WITHOUT):
        answer = impl.heard(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(BACKWARD)))
def test_knows_backward_hooks_of_modules(impl, case):
    """heard knows when full backward hooks of modules are called, and what they forbid."""
    with NoOperations(WITHOUT):
        answer = impl.heard(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(TENSORS)))
def test_knows_hooks_of_tensors(impl, case):
    """heard knows when hooks of tensors are called, and what they may return."""
    with NoOperations(WITHOUT):
        answer = impl.heard(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="heard",
    says="Hooks are called by the call of the module. forward is only a part of that, and knows "
    "nothing of them.",
)
def forward_calls_hooks(case):
    return {"forward": ["f"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A ModuleList holds modules. Calling one of them does not call the list, whose hook is "
    "silent.",
)
def containers_are_called(case):
    return {"list": ["list"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="Hooks run in the order in which they were registered, those of modules and those of "
    "tensors.",
)
def the_last_comes_first(case):
    return {"two": ["b", "a"], "tensors": ["b", "a"], "prepend": ["a", "b"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="Hooks of all modules run before those of the module itself.",
)
def own_hooks_come_first(case):
    return {"of_all": ["own", "all"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A parent calls its children within its forward: it begins before them and ends after "
    "them.",
)
def parents_end_first(case):
    return {"nested": ["s", "m"], "nested_pre": ["m", "s"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A hook sees what the hooks before it made of the output.",
)
def hooks_see_what_forward_returned(case):
    return {"replaced": ["2.0"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A plain forward hook is given the positional arguments. Keywords are not among them: "
    "a hook must ask for those with with_kwargs.",
)
def keywords_are_arguments(case):
    return {"keyword": ["2"], "only_keyword": ["1"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="Which hooks run is settled before the first of them runs: one that comes or goes "
    "meanwhile does so from the next call on.",
)
def hooks_run_at_once(case):
    return {"late": ["late"], "removed_meanwhile": []}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A state dict holds parameters and buffers. Hooks go with a copy of the module, and "
    "with nothing else.",
)
def hooks_are_state(case):
    return {"state_dict": ["f"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A deep copy of a module has its hooks too.",
)
def copies_have_no_hooks(case):
    return {"deepcopy": []}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="Where forward raises, there is no output: a forward hook is not called unless it "
    "asked for that.",
)
def exceptions_are_heard(case):
    return {"fails": ["f"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="With always_call=True a forward hook is called though forward raised.",
)
def exceptions_silence_all(case):
    return {"always_call": []}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A full backward hook of a module is called though its input needs no gradient. It "
    "warns, and its grad_input is None.",
)
def inputs_must_need_a_gradient(case):
    return {"constant_input": []}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A full backward hook looks for tensors in a tuple, or a tensor. In a dict it finds "
    "none, warns, and is never called.",
)
def dicts_are_heard(case):
    return {"dict": ["b"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="With a full backward hook the output is a view that must not be written to, by you or "
    "by the next layer.",
)
def in_place_is_allowed(case):
    return {"in_place": ["b"], "relu_in_place": ["b"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="The backward pass comes to the last module first, and a backward pre-hook comes "
    "before the hook.",
)
def backward_goes_forward(case):
    return {"chain": ["m", "n"], "backward_pre": ["b", "pre"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="A tensor hook is called once a pass, when the gradients of all uses have been added up.",
)
def each_use_is_heard(case):
    return {"two_uses": ["y", "y"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="torch.autograd.grad runs the hooks of tensors too. It writes no .grad, so that "
    "nothing is accumulated.",
)
def grad_is_silent(case):
    return {"grad": []}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="torch.autograd.grad gives gradients back and writes no .grad: nobody hears of an "
    "accumulation.",
)
def grad_accumulates(case):
    return {"not_accumulated": ["post"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="Only leaves get a .grad by themselves. A post-accumulate hook on another tensor is "
    "refused.",
)
def results_accumulate(case):
    return {"result_accumulated": ["post"]}.get(case, TRUTH[case])


@misconception(
    of="heard",
    says="What a tensor hook returns must have the shape and the dtype of the gradient: nothing "
    "is broadcast or cast.",
)
def gradients_are_converted(case):
    return {"other_shape": [], "other_dtype": []}.get(case, TRUTH[case])
