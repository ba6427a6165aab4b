"""Properties and misconceptions of hooks/capture_gradient."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

MADE = {
    "x": lambda x: x,
    "2 * x": lambda x: 2 * x,
    "x.view_as(x)": lambda x: x.view_as(x),
}
LOSSES = {
    "t.sum()": lambda t: t.sum(),
    "(t * t).sum()": lambda t: (t * t).sum(),
    "t.sigmoid().sum()": lambda t: t.sigmoid().sum(),
    "(t / 0).sum()": lambda t: (t / 0).sum(),
    "(t * nan).sum()": lambda t: (t * float("nan")).sum(),
}
leaves = st.tensors(requires_grad=True)


def gradient_of(x, t, loss):
    """The gradient of the loss at t, made anew: what listens to another t hears nothing."""
    tensor = MADE[t](x.detach().requires_grad_())
    return torch.autograd.grad(LOSSES[loss](tensor), tensor)[0]


some_values = st.tensors(
    st.shapes(max_dims=3, min_side=1),
    st.dtypes(torch.float32, torch.float64, torch.float16),
    requires_grad=True,
)
made = st.sampled_from(list(MADE))
losses = st.sampled_from(list(LOSSES))


@forall(
    x=st.tensors(dtype=st.dtypes(torch.float32, torch.float64, torch.float16), requires_grad=True),
    t=made,
    loss=losses,
)
def test_stores_the_gradient(impl, x, t, loss):
    """The list is empty at first, and holds the gradient of t after a backward pass."""
    tensor = MADE[t](x)
    gradients, _ = impl.capture(tensor)
    before = list(gradients)
    LOSSES[loss](tensor).backward()
    return before, gradients


@forall(x=some_values, t=made, factors=st.lists(st.integers(1, 5), min_size=2, max_size=4))
def test_appends_one_for_each_pass(impl, x, t, factors):
    """Each backward pass appends its own gradient, not the sum so far, in order."""
    tensor = MADE[t](x)
    gradients, _ = impl.capture(tensor)
    for factor in factors:
        (factor * tensor).sum().backward(retain_graph=True)
    return gradients


@forall(x=some_values, t=st.sampled_from(["2 * x", "x.view_as(x)"]))
def test_leaves_the_tensor_as_it_is(impl, x, t):
    """A tensor that is not a leaf still has no .grad, and is otherwise as it was."""
    tensor = MADE[t](x)
    impl.capture(tensor)
    tensor.sum().backward()
    return {
        "t": tensor,
        "t.grad": tensor.grad,
        "t.is_leaf": tensor.is_leaf,
        "t.retains_grad": tensor.retains_grad,
    }


@forall(x=some_values)
def test_listens_until_remove(impl, x):
    """The listening goes on though nobody keeps the handle: only remove() ends it."""
    tensor = 2 * x
    gradients = impl.capture(tensor)[0]
    tensor.sum().backward()
    return gradients


@forall(x=some_values)
def test_hears_only_its_tensor(impl, x):
    """A backward pass that does not reach t appends nothing."""
    heard, other = 2 * x, 3 * x
    gradients, _ = impl.capture(heard)
    other.sum().backward()
    return gradients


@forall(x=some_values, t=made)
def test_is_safe_from_a_later_hook(impl, x, t):
    """What is stored stays as it came, though a hook registered later writes to the gradient."""
    tensor = MADE[t](x)
    gradients, _ = impl.capture(tensor)

    def halve(gradient):
        with torch.no_grad():
            gradient.mul_(0.5)

    tensor.register_hook(halve)
    (3 * tensor).sum().backward()
    return gradients


@forall(x=some_values, t=made)
def test_is_safe_from_writes_to_grad(impl, x, t):
    """What is stored stays as it came, though .grad is set to zero and added to afterwards."""
    tensor = MADE[t](x)
    gradients, _ = impl.capture(tensor)
    (3 * tensor).sum().backward(retain_graph=True)
    with torch.no_grad():
        x.grad.zero_()
    (5 * tensor).sum().backward()
    return gradients


@forall(x=some_values, t=made)
def test_writing_to_the_list_changes_no_grad(impl, x, t):
    """Writing to a stored gradient does not change .grad."""
    tensor = MADE[t](x)
    gradients, _ = impl.capture(tensor)
    (3 * tensor).sum().backward()
    for gradient in gradients:
        gradient.detach().zero_()
    return {"x.grad": x.grad}


@forall(x=some_values)
def test_leaves_the_graph_of_the_gradient(impl, x):
    """With create_graph=True, what is stored has no graph, and what goes on keeps its own."""
    tensor = x * x
    gradients, _ = impl.capture(tensor)
    (first,) = torch.autograd.grad((tensor * tensor).sum(), x, create_graph=True)
    stored = [gradient.detach().clone() for gradient in gradients]
    asks = [gradient.requires_grad for gradient in gradients]
    for gradient in gradients:
        gradient.detach().zero_()
    (second,) = torch.autograd.grad(first.sum(), x)
    return {
        "stored": stored,
        "stored requires grad": asks,
        "first derivative": first,
        "second derivative": second,
    }


@forall(x=some_values)
def test_hears_second_derivatives(impl, x):
    """A backward pass through the gradient, for a second derivative, appends too."""
    tensor = x * x
    gradients, _ = impl.capture(tensor)
    (first,) = torch.autograd.grad((tensor * tensor).sum(), x, create_graph=True)
    torch.autograd.grad(first.sum(), x)
    return gradients


@forall(x=some_values, t=made)
def test_is_silent_after_remove(impl, x, t):
    """After remove() nothing is appended, and the list keeps what it holds."""
    tensor = MADE[t](x)
    gradients, handle = impl.capture(tensor)
    tensor.sum().backward(retain_graph=True)
    before = list(gradients)
    handle.remove()
    (3 * tensor).sum().backward()
    return before, gradients


@forall(x=some_values, t=made, first_goes=st.booleans())
def test_two_captures_are_independent(impl, x, t, first_goes):
    """When one capture of a tensor is removed, the other goes on, and so do other hooks."""
    tensor = MADE[t](x)
    others = []
    tensor.register_hook(lambda gradient: others.append(gradient.detach().clone()))
    first, first_handle = impl.capture(tensor)
    second, second_handle = impl.capture(tensor)
    tensor.sum().backward(retain_graph=True)
    (first_handle if first_goes else second_handle).remove()
    (3 * tensor).sum().backward()
    return first, second, others


@forall(x=leaves, t=made, loss=losses)
def test_agrees_with_autograd_grad(impl, x, t, loss):
    """What is stored is what torch.autograd.grad gives."""
    tensor = MADE[t](x)
    gradients, _ = impl.capture(tensor)
    LOSSES[loss](tensor).backward()
    assert_same(gradients, [gradient_of(x, t, loss)])
    return gradients


@forall(t=st.tensors(), raises=RuntimeError)
def test_refuses_a_tensor_without_grad(impl, t):
    """A tensor that does not require grad is refused with a RuntimeError, and stays as it is."""
    return impl.capture(t)


@misconception(
    of="capture",
    says="detach leaves the graph, but not the memory: the tensor in your list and the gradient "
    "that goes on are the same numbers, and whoever writes to one writes to the other.",
)
def detaches_only(t):
    gradients = []
    handle = t.register_hook(lambda gradient: gradients.append(gradient.detach()))
    return gradients, handle


@misconception(
    of="capture",
    says="A clone belongs to the graph: with create_graph=True the gradient requires grad, and so "
    "does its clone.",
)
def clones_only(t):
    gradients = []
    handle = t.register_hook(lambda gradient: gradients.append(gradient.clone()))
    return gradients, handle


@misconception(
    of="capture",
    says="The list holds the very tensor that goes on through the graph, with its graph. Others "
    "write to it after you: keep a copy of what it was.",
)
def stores_the_gradient_itself(t):
    gradients = []
    return gradients, t.register_hook(gradients.append)


@misconception(
    of="capture",
    says="A tensor hook runs before the gradient is added to .grad, and a tensor that is not a "
    "leaf gets no .grad at all. What you look for is the hook's argument.",
)
def reads_grad_of_the_tensor(t):
    gradients = []
    return gradients, t.register_hook(lambda gradient: gradients.append(t.grad))


@misconception(
    of="capture",
    says="A post-accumulate hook is for leaves alone, and sees .grad when this pass has been added "
    "to the earlier ones. Listen to the gradient as it arrives.",
)
def listens_after_accumulation(t):
    gradients = []

    def store(leaf):
        gradients.append(leaf.grad.detach().clone())

    return gradients, t.register_post_accumulate_grad_hook(store)


@misconception(
    of="capture",
    says="A hook needs no retain_grad, which makes torch keep a .grad on t: that changes the "
    "tensor you only listen to.",
)
def retains_grad(t):
    t.retain_grad()
    gradients = []
    handle = t.register_hook(lambda gradient: gradients.append(gradient.detach().clone()))
    return gradients, handle


@misconception(
    of="capture",
    says="What a hook returns takes the gradient's place. Yours returns the stored copy, which has "
    "no graph, and the list and the pass share it. A hook that only listens returns None.",
)
def returns_what_it_stored(t):
    gradients = []

    def store(gradient):
        gradients.append(gradient.detach().clone())
        return gradients[-1]

    return gradients, t.register_hook(store)


@misconception(
    of="capture",
    says="What a hook returns takes the gradient's place. Yours returns the sum of the passes so "
    "far, but adding up is what .grad does by itself. A hook that only listens returns None.",
)
def returns_the_sum_so_far(t):
    gradients = []

    def store(gradient):
        gradients.append(gradient.detach().clone())
        return sum(gradients)

    return gradients, t.register_hook(store)


@misconception(
    of="capture",
    says="The list that capture returned stays empty: what a backward pass gives must be appended "
    "to that very list, by a hook on that very tensor.",
)
def makes_a_new_list(t):
    gradients = []

    def store(gradient):
        nonlocal gradients
        gradients = [*gradients, gradient.detach().clone()]

    return gradients, t.register_hook(store)


@misconception(
    of="capture",
    says="Your list holds the last gradient alone. Each backward pass adds one to those before it.",
)
def keeps_the_last_only(t):
    gradients = []

    def store(gradient):
        gradients[:] = [gradient.detach().clone()]

    return gradients, t.register_hook(store)


@misconception(
    of="capture",
    says="The stored gradient lies on the device of t: there is no need to bring it to the CPU.",
)
def moves_to_the_cpu(t):
    gradients = []
    handle = t.register_hook(lambda gradient: gradients.append(gradient.detach().cpu().clone()))
    return gradients, handle
