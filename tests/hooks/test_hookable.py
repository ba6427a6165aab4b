"""Properties and misconceptions of hooks/hookable."""

import itertools

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

HOOKS = {
    "2 * output": lambda layer, x, output: 2 * output,
    "output + x": lambda layer, x, output: output + x,
    "output - 1": lambda layer, x, output: output - 1,
    "zeros": lambda layer, x, output: torch.zeros_like(output),
    "None": lambda layer, x, output: None,
}
hooks = st.lists(st.sampled_from(list(HOOKS)), max_size=4)
xs = st.tensors(st.shapes(max_dims=2, min_side=1), st.dtypes())
ZEROS = {"a result that is equal to x": {"x": st.just(torch.zeros(2))}}


def forward(layer, x):
    return 3 * x


def layer_of(base):
    """An instance of a class that inherits from `base` and multiplies by 3."""
    return type("Triple", (base,), {"forward": forward})()


def torchs(x, names):
    """What nn.Module makes of it."""
    layer = layer_of(nn.Module)
    for name in names:
        layer.register_forward_hook(
            lambda own, given, out, hook=HOOKS[name]: hook(own, *given, out)
        )
    return layer(x)


@forall(x=xs, names=hooks, strata={"zeros at the end": {"names": st.just(["None", "zeros"])}})
def test_runs_hooks_in_order(impl, x, names):
    """A call runs forward and then the hooks, each with what the one before left."""
    layer = layer_of(impl.Hookable)
    for name in names:
        layer.register(HOOKS[name])
    output = layer(x)
    assert_same(output, torchs(x, names))
    return output


@forall(x=xs, names=hooks)
def test_forward_runs_no_hook(impl, x, names):
    """forward alone runs no hook."""
    layer = layer_of(impl.Hookable)
    for name in names:
        layer.register(fn=HOOKS[name])
    return layer.forward(x)


@forall(x=xs, names=hooks, strata=ZEROS)
def test_calls_each_with_layer_input_and_output(impl, x, names):
    """forward and each hook are called once, and what the last returned is given as it is."""
    heard, made = [], []

    def noted(own, given):
        heard.append(("forward", given is x))
        made.append(3 * given)
        return made[-1]

    def noting(name):
        def hook(own, given, output):
            heard.append((name, own is layer, given is x, output is made[-1], output.clone()))
            instead = HOOKS[name](own, given, output)
            made.append(output if instead is None else instead)
            return instead

        return hook

    layer = type("Triple", (impl.Hookable,), {"forward": noted})()
    for name in names:
        layer.register(noting(name))
    output = layer(x)
    return output, heard, output is made[-1]


@forall(x=xs, instead=st.sampled_from([0, 0.0, False, "", (), [], None, 7]))
def test_replaces_by_anything_but_none(impl, x, instead):
    """Whatever a hook returns takes the output's place, 0 and () too. None alone leaves it."""
    layer = layer_of(impl.Hookable)
    layer.register(lambda own, given, output: instead)
    return layer(x)


@forall(
    x=xs,
    steps=st.lists(
        st.one_of(st.sampled_from(list(HOOKS)), st.integers(0, 3)), min_size=3, max_size=8
    ),
    strata={
        "one after a removal": {"steps": st.just(["2 * output", "output - 1", 0, "output + x"])},
        "a function twice": {
            "steps": st.just(["2 * output", "output - 1", "2 * output", "output + x", 2])
        },
        "a function twice in a row": {"steps": st.just(["output - 1", "output - 1"])},
        "removed twice": {"steps": st.just(["output - 1", "2 * output", "output - 1", 0, 0])},
    },
)
def test_handles_end_their_own_registration(impl, x, steps):
    """remove() ends its own registration, once; a function that is registered twice runs twice."""
    layer, handles, outputs = layer_of(impl.Hookable), [], []
    for step in steps:
        if isinstance(step, str):
            handles.append(layer.register(HOOKS[step]))
        elif step < len(handles):
            handles[step].remove()
        outputs.append(layer(x))
    return outputs


@forall(
    x=xs,
    before=st.integers(0, 2),
    after=st.integers(0, 2),
    what=st.sampled_from(["removes itself", "removes the next", "removes all", "registers"]),
    strata={
        "itself, before others": {"what": st.just("removes itself"), "after": st.just(2)},
        "the next": {"what": st.just("removes the next"), "after": st.just(2)},
        "one more": {"what": st.just("registers")},
    },
)
def test_changes_hold_from_the_next_call_on(impl, x, before, after, what):
    """A hook that registers or removes hooks changes the next call, and not the one it runs in."""
    layer, handles, heard = layer_of(impl.Hookable), [], []

    def noting(name):
        return lambda own, given, output: heard.append(name)

    def changes(own, given, output):
        heard.append(what)
        if what == "registers":
            own.register(noting("late"))
        gone = {"removes itself": [before], "removes the next": [before + 1]}
        for number in gone.get(what, range(len(handles)) if what == "removes all" else ()):
            for handle in handles[number : number + 1]:
                handle.remove()

    for number in range(before):
        handles.append(layer.register(noting(f"before {number}")))
    handles.append(layer.register(changes))
    for number in range(after):
        handles.append(layer.register(noting(f"after {number}")))
    layer(x)
    heard.append("the next call")
    layer(x)
    return heard


@forall(x=xs, names=hooks, registers=st.booleans(), examples=12)
def test_forward_may_change_the_hooks(impl, x, names, registers):
    """What forward itself registers or removes holds for the same call."""

    def changing(own, given):
        if registers:
            own.register(lambda own, given, output: output + 5)
        elif handles:
            handles[0].remove()
        return 3 * given

    layer = type("Changing", (impl.Hookable,), {"forward": changing})()
    handles = [layer.register(HOOKS[name]) for name in names]
    return layer(x)


@forall(x=xs, names=hooks, other=hooks)
def test_instances_are_independent(impl, x, names, other):
    """Each instance has its own hooks."""
    base = type("Triple", (impl.Hookable,), {"forward": forward})
    layers = [base(), base()]
    for layer, each in zip(layers, (names, other), strict=True):
        for name in each:
            layer.register(HOOKS[name])
    return [layer(x) for layer in layers]


@forall(
    x=xs,
    names=st.lists(hooks, max_size=3),
    listed=st.booleans(),
    strata={"no layer": {"names": st.just([])}, **ZEROS},
)
def test_run_passes_through_all(impl, x, names, listed):
    """run calls all layers in order, with their hooks, and gives what the last gave, or x."""
    layers, made = [layer_of(impl.Hookable) for _ in names], [x]
    for layer, each in zip(layers, names, strict=True):
        for name in each:
            layer.register(HOOKS[name])
        layer.register(lambda own, given, output: made.append(output))
    output = impl.run(layers=layers if listed else (each for each in layers), x=x)
    return output, output is made[-1]


class _Handle:
    def __init__(self, remove):
        self.remove = remove


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self):
        self.hooks = {}
        self.numbers = itertools.count()

    def __call__(self, x):
        output = self.forward(x)
        for hook in tuple(self.hooks.values()):
            output = self.after(hook, x, output)
        return output

    def after(self, hook, x, output):
        given = hook(self, x, output)
        return output if given is None else given

    def register(self, fn):
        number = self.number(fn)
        self.hooks[number] = fn
        return _Handle(lambda: self.hooks.pop(number, None))

    def number(self, fn):
        return next(self.numbers)


@misconception(
    of="Hookable",
    says="A hook that only looks returns None, and the output is lost. None means that it stays.",
)
class LetsNoneReplace(_Answer):
    def after(self, hook, x, output):
        return hook(self, x, output)


@misconception(
    of="Hookable",
    says="What a hook returns is ignored. It takes the output's place, unless it is None.",
)
class OnlyListens(_Answer):
    def after(self, hook, x, output):
        hook(self, x, output)
        return output


@misconception(
    of="Hookable",
    says="0 and () are false, and a tensor of several elements has no truth. Only None counts.",
)
class AsksForTruth(_Answer):
    def after(self, hook, x, output):
        return hook(self, x, output) or output


@misconception(
    of="Hookable",
    says="Each hook is given what forward returned. It gets what the hook before it left.",
)
class GivesAllTheSame(_Answer):
    def __call__(self, x):
        output = first = self.forward(x)
        for hook in tuple(self.hooks.values()):
            given = hook(self, x, first)
            output = output if given is None else given
        return output


@misconception(
    of="Hookable",
    says="A function that is registered twice is kept once only, or the wrong one of the two goes.",
)
class KeysByFunction(_Answer):
    def number(self, fn):
        return fn


@misconception(
    of="Hookable",
    says="The number of hooks is no name for a new one: after a removal it is in use already, and "
    "the new hook takes another's place.",
)
class NumbersByLength(_Answer):
    def number(self, fn):
        return len(self.hooks)


@misconception(
    of="Hookable",
    says="The loop walks over the very dict or list that a hook may change meanwhile. Walk over a "
    "copy.",
)
class WalksOverWhatChanges(_Answer):
    def __call__(self, x):
        output = self.forward(x)
        for hook in self.hooks.values():
            output = self.after(hook, x, output)
        return output


@misconception(
    of="run",
    says="layer.forward(x) runs no hook. Call the layer.",
)
def calls_forward(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x


@misconception(
    of="run",
    says="Every layer gets the x of the beginning. Each gets what the one before gave.",
)
def gives_all_the_same(layers, x):
    output = x
    for layer in layers:
        output = layer(x)
    return output
