"""Properties and misconceptions of training/microbatch."""

import weakref

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


class Network(nn.Module):
    """Two parameters with a part in the loss, and one without. It notes what it is given."""

    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.bias = nn.Parameter(bias.clone())
        self.idle = nn.Parameter(bias.clone())
        self.given = []

    def forward(self, x):
        self.given.append(x.detach().clone())
        return (x @ self.weight + self.bias).square()

    def grads(self):
        return {name: param.grad for name, param in self.named_parameters()}


def lopsided_error(prediction, target):
    """A mean loss in which prediction and target can't change places."""
    return ((prediction - target) ** 2).mean() + prediction.mean()


class Watched:
    """The loss, with an eye on how many graphs of earlier chunks are alive when one is made."""

    def __init__(self):
        self.marks, self.most = [], 0

    def __call__(self, prediction, target):
        self.most = max(self.most, sum(mark() is not None for mark in self.marks))
        loss = lopsided_error(prediction, target)
        mark = Mark()
        loss.grad_fn.metadata["mark"] = mark  # lives as long as the node of the graph
        self.marks.append(weakref.ref(mark))
        return loss


class Mark:
    pass


@st.composite
def problems(draw, counts=((6, 3), (5, 2), (7, 3), (4, 1), (5, 4), (1, 1), (10, 3))):
    """A network, and n samples for k chunks."""
    n, k = draw(st.sampled_from(counts))
    inputs, outputs = draw(st.sampled_from((2, 3, 1))), draw(st.sampled_from((1, 2)))
    return {
        "weight": draw(st.tensors((inputs, outputs), torch.float64)),
        "bias": draw(st.tensors((outputs,), torch.float64)),
        "x": draw(st.tensors((n, inputs), torch.float64)),
        "y": draw(st.tensors((n, outputs), torch.float64)),
        "k": k,
    }


def whole(weight, bias, x, y):
    """The gradients of the whole batch."""
    network = Network(weight, bias)
    loss = lopsided_error(network(x), y)
    grads = torch.autograd.grad(loss, [network.weight, network.bias])
    return {"weight": grads[0], "bias": grads[1], "idle": None}


@forall(problems(), examples=16)
def test_gives_the_gradients_of_the_whole(impl, weight, bias, x, y, k):
    """The gradients are those of the whole batch's loss, whatever the sizes of the chunks."""
    network = Network(weight, bias)
    result = impl.accumulate(network, lopsided_error, x, y, k)
    assert_same(network.grads(), whole(weight, bias, x, y))
    return result, network.grads()


@forall(problems(), examples=10)
def test_adds_to_what_is_there(impl, weight, bias, x, y, k):
    """What .grad held before is added to, and stays where a parameter has no part in the loss."""
    network = Network(weight, bias)
    for param in network.parameters():
        param.grad = torch.full_like(param, 3.0, requires_grad=False)
    impl.accumulate(model=network, loss_fn=lopsided_error, x=x, y=y, k=k)
    impl.accumulate(network, lopsided_error, x, y, 1)
    return network.grads(), [param.detach() for param in network.parameters()]


@forall(problems(counts=((2, 5), (3, 4), (1, 2), (1, 7), (4, 9))), examples=10)
def test_more_chunks_than_samples(impl, weight, bias, x, y, k):
    """With fewer samples than chunks the gradients are the same: no chunk is empty."""
    network = Network(weight, bias)
    impl.accumulate(network, lopsided_error, x, y, k)
    return network.grads(), [len(each) > 0 for each in network.given].count(False)


@forall(problems(), examples=16)
def test_cuts_the_batch(impl, weight, bias, x, y, k):
    """The samples go through the model in order, each once, in at most k chunks of n / k."""
    network = Network(weight, bias)
    impl.accumulate(network, lopsided_error, x, y, k)
    chunks = [len(each) for each in network.given]
    most = -(-len(x) // k)
    within = len(chunks) <= k, max(chunks, default=0) <= most
    assert within[0], f"{k} chunks are the most, and there were {len(chunks)}."
    assert within[1], f"A chunk may have {most} of {len(x)} samples, and one had {max(chunks)}."
    given = torch.cat(network.given) if network.given else None
    assert_same(given, x.contiguous())
    return within, given


@forall(problems(), training=st.booleans(), examples=4)
def test_changes_nothing_else(impl, weight, bias, x, y, k, training):
    """Parameters take no step, and the model stays in its mode."""
    network = Network(weight, bias).train(training)
    impl.accumulate(network, lopsided_error, x, y, k)
    return network.training, [param.detach() for param in network.parameters()]


@forall(problems(counts=((6, 6), (11, 6), (5, 5))), examples=4)
def test_keeps_no_graph(impl, weight, bias, x, y, k):
    """The graphs of earlier chunks are gone when later ones come."""
    watched = Watched()
    impl.accumulate(Network(weight, bias), watched, x, y, k)
    # A variable may hold the last loss until the next one is there.
    kept = watched.most > 2
    assert not kept, f"The graphs of {watched.most} chunks were kept at once."
    return kept


@misconception(
    of="accumulate",
    says="Means were added. The gradient is about as many times too large as there are chunks: "
    "weigh each loss with its chunk's share of the samples.",
)
def adds_means(model, loss_fn, x, y, k):
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        loss_fn(model(inputs), targets).backward()


@misconception(
    of="accumulate",
    says="Each mean is divided by the number of chunks, which is right for chunks of one size. In "
    "a smaller last chunk each sample counts too much.",
)
def divides_by_the_chunks(model, loss_fn, x, y, k):
    chunks = list(zip(x.chunk(k), y.chunk(k), strict=True))
    for inputs, targets in chunks:
        (loss_fn(model(inputs), targets) / len(chunks)).backward()


@misconception(
    of="accumulate",
    says="Each mean is divided by k, though there may be fewer chunks than that, and the last one "
    "may be smaller.",
)
def divides_by_k(model, loss_fn, x, y, k):
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        (loss_fn(model(inputs), targets) / k).backward()


@misconception(
    of="accumulate",
    says="tensor_split makes k chunks, and where there are fewer samples some of them are empty. "
    "The mean of nothing is NaN, and 0 times NaN too.",
)
def splits_off_empty_chunks(model, loss_fn, x, y, k):
    for inputs, targets in zip(x.tensor_split(k), y.tensor_split(k), strict=True):
        (loss_fn(model(inputs), targets) * (len(inputs) / len(x))).backward()


@misconception(
    of="accumulate",
    says="split wants the size of a chunk, and k is the number of chunks.",
)
def takes_k_for_the_size(model, loss_fn, x, y, k):
    for inputs, targets in zip(x.split(k), y.split(k), strict=True):
        (loss_fn(model(inputs), targets) * (len(inputs) / len(x))).backward()


@misconception(
    of="accumulate",
    says="The size of a chunk is rounded down, so that samples are left over, and one chunk more "
    "is made of them.",
)
def rounds_down(model, loss_fn, x, y, k):
    size = max(len(x) // k, 1)
    for inputs, targets in zip(x.split(size), y.split(size), strict=True):
        (loss_fn(model(inputs), targets) * (len(inputs) / len(x))).backward()


@misconception(
    of="accumulate",
    says="The losses are added up first, and backward comes at the end: all graphs are there at "
    "once, and no memory is saved.",
)
def goes_backward_at_the_end(model, loss_fn, x, y, k):
    total = 0.0
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        total = total + loss_fn(model(inputs), targets) * (len(inputs) / len(x))
    total.backward()


@misconception(
    of="accumulate",
    says="The gradients are cleared for each chunk, and only the last one's are left.",
)
def clears_for_each_chunk(model, loss_fn, x, y, k):
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        model.zero_grad()
        (loss_fn(model(inputs), targets) * (len(inputs) / len(x))).backward()


@misconception(
    of="accumulate",
    says="What .grad held before is gone. Like backward, accumulate adds to it; to clear is for "
    "the caller.",
)
def clears_first(model, loss_fn, x, y, k):
    model.zero_grad()
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        (loss_fn(model(inputs), targets) * (len(inputs) / len(x))).backward()


@misconception(
    of="accumulate",
    says=".grad is divided at the end, and with it what it held before. Scale the losses instead.",
)
def divides_what_is_there(model, loss_fn, x, y, k):
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        (loss_fn(model(inputs), targets) * len(inputs)).backward()
    for param in model.parameters():
        if param.grad is not None:
            param.grad /= len(x)


@misconception(
    of="accumulate",
    says="The whole batch goes through at once. The gradients are right, and so is the memory that "
    "it was all about not to need.",
)
def takes_the_whole(model, loss_fn, x, y, k):
    loss_fn(model(x), y).backward()
