"""Properties and misconceptions of hooks/trace_calls."""

import contextlib

import torch
from torch import nn
from torch.nn.modules import module as of_all

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

# What a call of each part comes to.
PARTS = {
    "stem": ["stem"],
    "again": ["stem"],
    "body": ["body.0", "body.1.0", "body.1", "body"],
    "body.0": ["body.0"],
    "body.1": ["body.1.0", "body.1"],
    "stranger": [],
}
plans = st.lists(st.sampled_from(list(PARTS)), max_size=5)
DECIDE = {
    "a part twice": {"plan": st.just(["body.0", "body", "body.0"])},
    "a stranger": {"plan": st.just(["stem", "stranger"])},
    "another name": {"plan": st.just(["again"])},
}


class Planned(nn.Module):
    """Calls its parts by a plan."""

    def __init__(self, plan, fails=False):
        super().__init__()
        self.stem = nn.Identity()
        self.body = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Identity()))
        self.idle = nn.Identity()
        self.again = self.stem
        self.strangers = [nn.Identity()]
        self.plan, self.fails = plan, fails
        self.register_buffer("runs", torch.zeros(()))
        self.register_buffer("trained", torch.zeros(()))

    def forward(self, x):
        self.runs += 1
        self.trained += self.training
        for part in self.plan:
            x = (self.strangers[0] if part == "stranger" else self.get_submodule(part))(x)
        if self.fails:
            raise ValueError("the model fails")
        return x


def left_on(model):
    """How many hooks there are, for all modules and on each, and what is new on them."""
    everywhere = [len(of_all._global_forward_hooks), len(of_all._global_forward_pre_hooks)]
    return everywhere, {
        name: (
            len(each._forward_hooks) + len(each._forward_pre_hooks),
            sorted(vars(each).keys() - vars(nn.Module()).keys()),
        )
        for name, each in model.named_modules()
    }


@forall(x=st.tensors(), plan=plans, strata=DECIDE)
def test_lists_calls_as_they_end(impl, x, plan):
    """It lists each call of the model's modules, in the order in which they end."""
    called = impl.trace(Planned(plan), x)
    assert_same(called, [name for part in plan for name in PARTS[part]] + [""])
    return called


@forall(x=st.tensors(), plan=plans, training=st.booleans())
def test_runs_once_and_leaves_nothing(impl, x, plan, training):
    """The model runs once, in its mode, and no hook is left; the list does not grow later."""
    model = Planned(plan).train(training)
    called = impl.trace(model=model, x=x)
    state = {name: each.clone() for name, each in model.state_dict().items()}
    model(x)
    return called, state, model.training, left_on(model)


@forall(x=st.tensors(), plan=plans)
def test_leaves_nothing_after_an_exception(impl, x, plan):
    """Where the model raises, the exception goes on, and no hook is left."""
    model, raised, before = Planned(plan, fails=True), None, left_on(Planned(plan))
    try:
        impl.trace(model, x)
    except ValueError as error:
        raised = str(error)
    after = left_on(model)
    # What was left would be heard in all that follows.
    while len(of_all._global_forward_hooks) > before[0][0]:
        of_all._global_forward_hooks.popitem()
    return raised, after


@forall(x=st.tensors(), plan=plans)
def test_goes_with_hooks_of_others(impl, x, plan):
    """Hooks of others, of all modules and of one, run as ever and stay."""
    model, heard = Planned(plan), []
    model.stem.register_forward_hook(lambda module, given, output: heard.append("stem"))
    with of_all.register_module_forward_hook(
        lambda module, given, output: heard.append(type(module).__name__)
    ):
        called = impl.trace(model, x)
        model(x)
    return called, heard, left_on(model)


def _traced(model, x, note, register=of_all.register_module_forward_hook):
    """All of it right but for what is noted."""
    names = {module: name for name, module in model.named_modules()}
    called = []
    with register(lambda module, *given: note(called, names, module)):
        model(x)
    return called


def _note(called, names, module):
    if module in names:
        called.append(names[module])


@misconception(
    of="trace",
    says="A pre-hook hears of a call when it begins, so that parents come first. The list "
    "is in the order in which calls end.",
)
def hears_the_beginning(model, x):
    return _traced(model, x, _note, of_all.register_module_forward_pre_hook)


@misconception(
    of="trace",
    says="register_module_forward_hook is no method of a module. It is a function in "
    "torch.nn.modules.module.",
)
def calls_a_method(model, x):
    called = []
    model.register_module_forward_hook(lambda module, *given: called.append(str(module)))
    model(x)
    return called


@misconception(
    of="trace",
    says="The names are those of the classes. Asked for are the names that the modules have in the "
    "model.",
)
def names_the_classes(model, x):
    return _traced(model, x, lambda called, names, module: called.append(type(module).__name__))


@misconception(
    of="trace",
    says="The hook hears modules that the model calls without having them. They have no name.",
)
def expects_to_know_all(model, x):
    return _traced(model, x, lambda called, names, module: called.append(names[module]))


@misconception(
    of="trace",
    says="A module that is called again is listed again.",
)
def lists_each_once(model, x):
    return list(dict.fromkeys(_traced(model, x, _note)))


@misconception(
    of="trace",
    says="This is the list of the modules that the model has. Some are never called, some twice.",
)
def lists_what_is_there(model, x):
    model(x)
    return [name for name, _ in model.named_modules()]


@misconception(
    of="trace",
    says="Modules with children are called too, and so is the model: they are in the list.",
)
def leaves_parents_out(model, x):
    def note(called, names, module):
        if not list(module.children()):
            _note(called, names, module)

    return _traced(model, x, note)


@misconception(
    of="trace",
    says="Where the model raises, the line that removes the hook is not reached, and it hears the "
    "whole program from then on.",
)
def is_lost_by_an_exception(model, x):
    names = {module: name for name, module in model.named_modules()}
    called = []
    handle = of_all.register_module_forward_hook(lambda module, *_: _note(called, names, module))
    model(x)
    handle.remove()
    return called


@misconception(
    of="trace",
    says="All hooks read one variable when they are called, the name in the loop that made them. "
    "By then it holds the last name.",
)
def reads_the_name_too_late(model, x):
    called = []
    with contextlib.ExitStack() as hooks:
        for name, module in model.named_modules():
            hook = module.register_forward_hook(
                lambda *_: called.append(name)  # noqa: B023 - this is the mistake
            )
            hooks.callback(hook.remove)
        model(x)
    return called


@misconception(
    of="trace",
    says="Where the model raises, the line that removes the hooks is not reached, and they stay on "
    "its modules.",
)
def leaves_its_modules_hooked(model, x):
    called = []
    handles = [
        module.register_forward_hook(lambda *_, name=name: called.append(name))
        for name, module in model.named_modules()
    ]
    model(x)
    for handle in handles:
        handle.remove()
    return called
