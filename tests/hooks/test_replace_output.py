"""Properties and misconceptions of hooks/replace_output."""

from contextlib import ExitStack, contextmanager

import torch
from torch import nn
from torch.nn.modules import module as of_all

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FUNCTIONS = {
    "2 * output": lambda output: 2 * output,
    "output - 1": lambda output: output - 1,
    "output.sum()": lambda output: output.sum(),
    "0 * output.sum()": lambda output: 0 * output.sum(),
    "None": lambda output: None,
}
OF_TUPLES = {
    "swapped": lambda output: (output[1], output[0]),
    "the first": lambda output: output[0],
    "one more": lambda output: (*output, 2 * output[1]),
    "()": lambda output: (),
    "a dict": lambda output: {"both": output},
    "None": lambda output: None,
}
functions = st.sampled_from(list(FUNCTIONS))


class Scale(nn.Module):
    """Columns times weights."""

    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())

    def forward(self, x):
        return x * self.weight


class Both(nn.Module):
    """Two outputs, in a tuple or in a dict."""

    def __init__(self, named):
        super().__init__()
        self.named = named

    def forward(self, x):
        return {0: x - 1, 1: 3 * x} if self.named else (x - 1, 3 * x)


@st.composite
def problems(draw):
    """A weight for each column, and a batch."""
    dtype = draw(st.dtypes())
    rows, width = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    return {
        "weight": draw(st.tensors((width,), dtype)),
        "x": draw(st.tensors((rows, width), dtype)),
    }


def replaced(output, fn):
    """What takes the place of an output."""
    instead = FUNCTIONS[fn](output)
    return output if instead is None else instead


def left_on(module):
    """Hooks, those of all modules among them, and attributes."""
    own = vars(module).keys() - vars(nn.Module()).keys()
    everywhere = len(of_all._global_forward_hooks)
    of_all._global_forward_hooks.clear()  # what was left would be heard in all that follows
    return len(module._forward_hooks), everywhere, sorted(own)


@forall(problems(), fn=functions, training=st.booleans())
def test_passes_the_output_through_fn(impl, weight, x, fn, training):
    """Within the block m returns fn(output), or its output where that is None; after it, output."""
    layer = Scale(weight).train(training)
    with impl.patched(layer, FUNCTIONS[fn]):
        inside = [layer(x), layer(2 * x)]
    after = layer(x)
    output, other = x * layer.weight, 2 * x * layer.weight
    assert_same([inside, after], [[replaced(output, fn), replaced(other, fn)], output])
    return inside, after, layer.training


@forall(x=st.tensors(dtype=st.dtypes()), fn=st.sampled_from(list(OF_TUPLES)), named=st.booleans())
def test_gives_fn_the_whole_output(impl, x, fn, named):
    """fn gets all that m returns, a tuple or a dict, and its result takes the place of all."""
    layer = Both(named)
    with impl.patched(m=layer, fn=OF_TUPLES[fn] if not named else lambda output: [output[1]]):
        return layer(x)


@forall(problems(), fn=functions, place=st.integers(0, 2))
def test_takes_part_in_a_model(impl, weight, x, fn, place):
    """The next layer of a model gets what fn returned, and fn is called once for each call of m."""
    model = nn.Sequential(*(Scale(weight) for _ in range(3)))
    given = []

    def noted(output):
        given.append(output.detach().clone())
        return FUNCTIONS[fn](output)

    with impl.patched(model[place], noted):
        output = model(x)
    return output, given, model(x)


@forall(problems(), fn=functions)
def test_lets_gradients_pass(impl, weight, x, fn):
    """Gradients of what fn returned reach the parameters of m and its input."""
    layer = Scale(weight)
    x = x.requires_grad_()
    with impl.patched(layer, FUNCTIONS[fn]):
        output = layer(x)
    return torch.autograd.grad(output.sum(), (x, layer.weight))


@forall(problems(), by_fn=st.booleans())
def test_ends_after_an_exception(impl, weight, x, by_fn):
    """Where the block or fn raises, the exception goes on, and m is as before."""
    layer, raised = Scale(weight), None

    def fails(output):
        raise ValueError("fn fails")

    try:
        with impl.patched(layer, fails if by_fn else FUNCTIONS["2 * output"]):
            layer(x)
            raise ValueError("the block fails")
    except ValueError as error:
        raised = str(error)
    return raised, layer(x), left_on(layer)


@forall(problems(), fn=functions)
def test_goes_with_hooks_of_others(impl, weight, x, fn):
    """fn gets what hooks that were registered earlier made of the output, and they stay."""
    layer = Scale(weight)
    layer.register_forward_hook(lambda module, given, output: output + 1)
    with impl.patched(layer, FUNCTIONS[fn]):
        layer.register_forward_hook(lambda module, given, output: 5 * output)
        inside = layer(x)
    return inside, layer(x), left_on(layer)


@forall(problems(), functions=st.lists(functions, min_size=2, max_size=2), first_goes=st.booleans())
def test_two_patches_are_independent(impl, weight, x, functions, first_goes):
    """The later patch gets what the earlier returns, and each ends with its own block."""
    layer, outputs = Scale(weight), []
    first, second = ExitStack(), ExitStack()
    first.enter_context(impl.patched(layer, FUNCTIONS[functions[0]]))
    second.enter_context(impl.patched(layer, lambda output: output + 3))
    outputs.append(layer(x))
    for each in (first, second) if first_goes else (second, first):
        each.close()
        outputs.append(layer(x))
    return outputs, left_on(layer)


@contextmanager
def _hooked(m, hook, **how):
    handle = m.register_forward_hook(hook, **how)
    try:
        yield
    finally:
        handle.remove()


@misconception(
    of="patched",
    says="The hook calls fn and returns nothing, so that the output stays as it was. What is to "
    "take its place must be returned.",
)
def returns_nothing(m, fn):
    def hook(module, given, output):
        fn(output)

    return _hooked(m, hook)


@misconception(
    of="patched",
    says="A zero and an empty tuple are false, and the truth of a tensor of several elements "
    "is not defined. Only None means that the output stays.",
)
def asks_for_truth(m, fn):
    return _hooked(m, lambda module, given, output: fn(output) or output)


@misconception(
    of="patched",
    says="fn gets one part of the output. Where m returns a tuple or a dict, it gets the whole.",
)
def takes_the_first_of_a_tuple(m, fn):
    def hook(module, given, output):
        return fn(output[0] if isinstance(output, tuple) else output)

    return _hooked(m, hook)


@misconception(
    of="patched",
    says="fn is called for each part of a tuple apart. It gets the whole, once.",
)
def goes_through_a_tuple(m, fn):
    def hook(module, given, output):
        return tuple(map(fn, output)) if isinstance(output, tuple) else fn(output)

    return _hooked(m, hook)


@misconception(
    of="patched",
    says="Where the block raises, the line after the yield is not reached, and the patch stays.",
)
@contextmanager
def is_lost_by_an_exception(m, fn):
    handle = m.register_forward_hook(lambda module, given, output: fn(output))
    yield
    handle.remove()


@misconception(
    of="patched",
    says="The patch never ends: after the block m still passes its output through fn.",
)
@contextmanager
def never_ends(m, fn):
    m.register_forward_hook(lambda module, given, output: fn(output))
    yield


@misconception(
    of="patched",
    says="All hooks of m are removed at the end, those of others too. A handle removes its own.",
)
@contextmanager
def removes_all_hooks(m, fn):
    m.register_forward_hook(lambda module, given, output: fn(output))
    try:
        yield
    finally:
        m._forward_hooks.clear()


@misconception(
    of="patched",
    says="Your fn comes before the hooks that were there. It gets what they made of the output.",
)
def comes_first(m, fn):
    return _hooked(m, lambda module, given, output: fn(output), prepend=True)


@misconception(
    of="patched",
    says="A forward in the instance hides that of the class. Your fn then gets what forward gives, "
    "before any hook, and what is put back belongs to one patch only.",
)
@contextmanager
def replaces_forward(m, fn):
    forward = m.forward

    def instead(*args, **kwargs):
        output = forward(*args, **kwargs)
        given = fn(output)
        return output if given is None else given

    m.forward = instead
    try:
        yield
    finally:
        m.forward = forward


@misconception(
    of="patched",
    says="What fn returns is cut off from the graph: no gradient reaches m.",
)
def cuts_the_graph(m, fn):
    @torch.no_grad()
    def hook(module, given, output):
        return fn(output)

    return _hooked(m, hook)


@misconception(
    of="patched",
    says="A pre-hook changes what m is given. fn is to change what m returns.",
)
@contextmanager
def changes_the_input(m, fn):
    handle = m.register_forward_pre_hook(lambda module, given: fn(*given))
    try:
        yield
    finally:
        handle.remove()
