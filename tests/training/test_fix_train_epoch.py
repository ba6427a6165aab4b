"""Properties and misconceptions of training/fix_train_epoch."""

import weakref

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

ROUNDING = (1e-5, 1e-5)  # losses are float32, and may be added in any dtype and order
RATE = 1 / 64
OPTIMIZERS = {
    "SGD": lambda params: torch.optim.SGD(params, lr=RATE),
    "momentum": lambda params: torch.optim.SGD(params, lr=RATE, momentum=0.5),
    "Adam": lambda params: torch.optim.Adam(params, lr=0.5),
}


class Affine(nn.Module):
    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())

    def forward(self, x):
        return x @ self.weight


def lopsided_error(prediction, target):
    """A mean loss in which prediction and target can't change places."""
    return ((prediction - target) ** 2).mean() + prediction.mean()


class Watched:
    """The loss, with an eye on how many graphs of earlier batches are alive when one is made."""

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
def epochs(draw, sizes=((2, 2, 1), (3, 1), (1, 4, 2), (2,), (1, 1, 1, 3))):
    """A weight, and samples for batches of some sizes."""
    sizes = draw(st.sampled_from(sizes))
    inputs, outputs = draw(st.sampled_from((2, 3, 1))), draw(st.sampled_from((1, 2)))
    plain = ["contiguous"]
    return {
        "weight": draw(st.tensors((inputs, outputs), layouts=plain)),
        "x": draw(st.tensors((sum(sizes), inputs), layouts=plain)),
        "y": draw(st.tensors((sum(sizes), outputs), layouts=plain)),
        "sizes": list(sizes),
    }


def batches_of(x, y, sizes):
    """Pairs on the CPU, as a loader gives them."""
    return list(zip(x.cpu().split(sizes), y.cpu().split(sizes), strict=True))


def trained(weight, batches, optimizer_for):
    """Mean loss and parameters of such an epoch, without any .grad added up."""
    model, total = Affine(weight), 0.0
    optimizer = optimizer_for(model.parameters())
    for x, y in batches:
        loss = lopsided_error(model(x.to(weight.device)), y.to(weight.device))
        (model.weight.grad,) = torch.autograd.grad(loss, [model.weight])
        optimizer.step()
        total += loss.item() * len(x)
    return total / sum(len(x) for x, _ in batches), model.weight.detach()


@forall(epochs(), optimizer=st.sampled_from(tuple(OPTIMIZERS)), stale=st.booleans(), examples=16)
def test_steps_once_a_batch(impl, weight, x, y, sizes, optimizer, stale, device):
    """Each batch, in order, takes one step by its own gradients; old ones don't count."""
    batches, model = batches_of(x, y, sizes), Affine(weight)
    if stale:
        model.weight.grad = torch.full_like(weight, 3.0)
    chosen = OPTIMIZERS[optimizer](model.parameters())
    impl.train_epoch(
        model=model, loader=batches, loss_fn=lopsided_error, optimizer=chosen, device=device
    )
    assert_same(model.weight.detach(), trained(weight, batches, OPTIMIZERS[optimizer])[1])
    return model.weight.detach()


@forall(epochs(), tolerance=ROUNDING, examples=16)
def test_gives_the_mean_of_the_samples(impl, weight, x, y, sizes, device):
    """The result is the mean loss of the samples, whatever the sizes of the batches."""
    batches, model = batches_of(x, y, sizes), Affine(weight)
    loss = impl.train_epoch(
        model, batches, lopsided_error, OPTIMIZERS["SGD"](model.parameters()), device
    )
    assert_same(loss, trained(weight, batches, OPTIMIZERS["SGD"])[0], ROUNDING)
    return loss


@forall(
    epochs(),
    batch_size=st.sampled_from((2, 3)),
    kind=st.sampled_from(("drop_last", "some twice", "generator")),
    tolerance=ROUNDING,
    strata={each: {"kind": st.just(each)} for each in ("drop_last", "generator")},
    examples=12,
)
def test_counts_what_came(impl, weight, x, y, sizes, batch_size, kind, device):
    """The samples that came count: a loader may drop some, draw some twice, or be a generator."""
    dataset, model = TensorDataset(x.cpu(), y.cpu()), Affine(weight)
    some = [0, *range(len(x)), 0, 0]
    if kind == "generator":
        loader = (batch for batch in DataLoader(dataset, batch_size))
    elif kind == "drop_last" and len(x) >= batch_size:
        loader = DataLoader(dataset, batch_size, drop_last=True)
    else:
        loader = DataLoader(dataset, batch_size, sampler=some)
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    return impl.train_epoch(model, loader, lopsided_error, optimizer, device), model.weight.detach()


@forall(epochs(sizes=((1, 2, 1, 2, 1, 1), (2, 1, 1, 1, 1))), examples=4)
def test_keeps_no_graph(impl, weight, x, y, sizes, device):
    """Neither the batches of an epoch nor their graphs are kept together."""
    model, watched = Affine(weight), Watched()
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    asked, steps, waiting = [], [], [0]
    optimizer.register_step_post_hook(lambda *_: steps.append(1))

    def loader():
        for batch in batches_of(x, y, sizes):
            asked.append(1)
            waiting.append(len(asked) - len(steps))
            yield batch

    impl.train_epoch(model, loader(), watched, optimizer, device)
    # One may be fetched while another is trained on.
    assert max(waiting) <= 2, f"{max(waiting)} batches were kept at once: ask when one is due."
    # A variable may hold the last loss until the next one is there.
    kept = watched.most > 2
    assert not kept, f"The graphs of {watched.most} batches were kept at once."
    return kept


@forall(epochs(), examples=6)
def test_calls_each_once_a_batch(impl, weight, x, y, sizes, device):
    """For each batch the model, its hooks with it, and the loss are called once, then one step."""
    model, calls = Affine(weight), []
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    model.register_forward_hook(lambda _, given, __: calls.append(("model", len(given[0]))))
    optimizer.register_step_post_hook(lambda *_: calls.append("step"))

    def loss_fn(prediction, target):
        calls.append("loss")
        return lopsided_error(prediction, target)

    impl.train_epoch(model, batches_of(x, y, sizes), loss_fn, optimizer, device)
    return calls


@forall(weight=st.tensors((2, 1)), read=st.booleans(), raises=ValueError, examples=4)
def test_refuses_an_empty_epoch(impl, weight, read, device):
    """Where no batch comes there is no mean: a ValueError."""
    model = Affine(weight)
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    return impl.train_epoch(model, iter(()) if read else [], lopsided_error, optimizer, device)


def _steps(model, loader, loss_fn, optimizer, device, empty_is_fine=False):
    """The loss and the size of each batch, after the step."""
    none = True
    for inputs, targets in loader:
        none = False
        x, y = inputs.to(device), targets.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        yield loss, len(x)
    if none and not empty_is_fine:
        raise ValueError("no batch")


@misconception(
    of="train_epoch",
    stub=True,
    says="A mean of the batches' means counts a sample of a smaller batch for more than one of a "
    "larger batch. And a loader need not have a length.",
)
def averages_the_batches(model, loader, loss_fn, optimizer, device):
    total = 0.0
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


@misconception(
    of="train_epoch",
    says="len(loader.dataset) is how many samples there are, not how many came: a loader may drop "
    "the last ones or draw some twice. And not every loader has a dataset.",
)
def divides_by_the_dataset(model, loader, loss_fn, optimizer, device):
    total, count = 0.0, 0
    for loss, size in _steps(model, loader, loss_fn, optimizer, device):
        total += loss.item() * size
        count += size
    return total / (len(loader.dataset) if isinstance(loader, DataLoader) else count)


@misconception(
    of="train_epoch",
    says="The losses are added up as tensors, and each keeps its graph: memory grows with every "
    "batch. Add loss.item(), or what is detached.",
)
def keeps_the_graphs(model, loader, loss_fn, optimizer, device):
    total, samples = 0.0, 0
    for loss, size in _steps(model, loader, loss_fn, optimizer, device):
        total += loss * size
        samples += size
    return total.item() / samples


@misconception(
    of="train_epoch",
    says="The sum of the batches' means is divided by the number of samples. A mean must be taken "
    "times its samples before it is added.",
)
def forgets_to_multiply(model, loader, loss_fn, optimizer, device):
    total, samples = 0.0, 0
    for loss, size in _steps(model, loader, loss_fn, optimizer, device):
        total += loss.item()
        samples += size
    return total / samples


@misconception(
    of="train_epoch",
    says="The result is the loss of the last batch alone.",
)
def gives_the_last_loss(model, loader, loss_fn, optimizer, device):
    for loss, _ in _steps(model, loader, loss_fn, optimizer, device):
        last = loss.item()
    return last


@misconception(
    of="train_epoch",
    says="The losses of all samples are added up, and nothing divides the sum by their number.",
)
def gives_the_sum(model, loader, loss_fn, optimizer, device):
    return sum(
        loss.item() * size for loss, size in _steps(model, loader, loss_fn, optimizer, device)
    )


@misconception(
    of="train_epoch",
    says="Each batch is weighed with the size of the first one. The last batch is often smaller: "
    "ask each for its own.",
)
def weighs_with_the_first_size(model, loader, loss_fn, optimizer, device):
    total, samples, first = 0.0, 0, None
    for loss, size in _steps(model, loader, loss_fn, optimizer, device):
        first = size if first is None else first
        total += loss.item() * first
        samples += size
    return total / samples


@misconception(
    of="train_epoch",
    says="Nothing clears the gradients, so that each step also uses those of all earlier batches.",
)
def never_clears(model, loader, loss_fn, optimizer, device):
    total, samples = 0.0, 0
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    if not samples:
        raise ValueError("no batch")
    return total / samples


@misconception(
    of="train_epoch",
    says="to() gives a new tensor, and here it is thrown away: the batch stays where the loader "
    "made it.",
)
def leaves_the_batch_behind(model, loader, loss_fn, optimizer, device):
    total, samples = 0.0, 0
    for x, y in loader:
        x.to(device)
        y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    if not samples:
        raise ValueError("no batch")
    return total / samples


@misconception(
    of="train_epoch",
    says="The result is a tensor. Return a Python number.",
)
def gives_a_tensor(model, loader, loss_fn, optimizer, device):
    total, samples = torch.zeros((), device=device), 0
    for loss, size in _steps(model, loader, loss_fn, optimizer, device):
        total += loss.detach() * size
        samples += size
    return total / samples


@misconception(
    of="train_epoch",
    says="Where no batch comes, the mean of nothing is 0 / 0, and what Python says to that tells "
    "nobody about the loader. A ValueError is due.",
)
def makes_a_mean_of_nothing(model, loader, loss_fn, optimizer, device):
    losses = [
        (loss.item() * size, size)
        for loss, size in _steps(model, loader, loss_fn, optimizer, device, empty_is_fine=True)
    ]
    return sum((loss for loss, _ in losses), start=0.0) / sum(size for _, size in losses)


@misconception(
    of="train_epoch",
    says="The prediction comes first and the target second. Where they change places, most losses "
    "mean something else.",
)
def swaps_prediction_and_target(model, loader, loss_fn, optimizer, device):
    def swapped(prediction, target):
        return loss_fn(target, prediction)

    total, samples = 0.0, 0
    for loss, size in _steps(model, loader, swapped, optimizer, device):
        total += loss.item() * size
        samples += size
    return total / samples


@misconception(
    of="train_epoch",
    says="The parameters stay as they are: zero_grad between backward and step throws away what "
    "the step needs.",
)
def clears_before_the_step(model, loader, loss_fn, optimizer, device):
    total, samples = 0.0, 0
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    if not samples:
        raise ValueError("no batch")
    return total / samples
