"""Properties and misconceptions of training/evaluate."""

from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

ROUNDING = (1e-5, 1e-5)  # losses are float32, and may be added in any dtype and order
CLASSES = 3
MODULES = 5
"""How many modules a Network is made of, itself and those within its body included."""


class Network(nn.Module):
    """Batch norm, dropout and a layer; it notes in which mode it runs, and what it records."""

    def __init__(self, weight, modes):
        super().__init__()
        count = len(weight)
        norm = nn.BatchNorm1d(count)
        self.body = nn.Sequential(norm, nn.Dropout(0.5))
        self.head = nn.Linear(count, CLASSES)
        self.head.weight = nn.Parameter(weight.T.clone())
        # Far from each other, so that no two scores are equal.
        self.head.bias = nn.Parameter(torch.tensor([0.013, -0.029, 0.041]))
        norm.running_mean.copy_(torch.linspace(-0.3, 0.7, count))
        norm.running_var.copy_(torch.linspace(0.6, 1.7, count))
        norm.bias.requires_grad_(False)
        self.seen, self.recorded, self.fails = [], [], None
        self.to(weight.device)
        for module, training in zip(self.modules(), modes, strict=True):
            module.training = training

    def modes(self):
        return [module.training for module in self.modules()]

    def forward(self, x):
        self.seen.append(self.modes())
        scores = self.head(self.body(x))
        self.recorded.append(scores.requires_grad)
        if len(self.seen) == self.fails:
            raise LookupError("the model fails")
        return scores

    def state(self):
        """All that evaluation must leave alone."""
        return {
            "modes": self.modes(),
            "requires_grad": [param.requires_grad for param in self.parameters()],
            "values": {name: value.detach().clone() for name, value in self.state_dict().items()},
            "grads": [param.grad for param in self.parameters()],
        }


ONE_OFF = [True, True, False, True, True]
MODES = st.one_of(
    st.just([True] * MODULES),
    st.just(ONE_OFF),
    st.lists(st.booleans(), min_size=MODULES, max_size=MODULES),
)

KEPT = {"one module is kept in evaluation": {"modes": st.just(ONE_OFF)}}


@st.composite
def problems(draw, sizes=((3, 2), (2, 2, 1), (1, 4), (4,), (1, 1, 3)), modes=MODES):
    sizes = draw(st.sampled_from(sizes))
    inputs = draw(st.sampled_from((2, 3, 1)))
    plain = ["contiguous"]
    return {
        "weight": draw(st.tensors((inputs, CLASSES), layouts=plain)),
        "modes": draw(modes),
        "x": draw(st.tensors((sum(sizes), inputs), layouts=plain)),
        "y": draw(st.labels(CLASSES, (sum(sizes),), layouts=plain)),
        "sizes": list(sizes),
    }


def batches_of(x, y, sizes):
    """Pairs on the CPU, as a loader gives them."""
    return list(zip(x.cpu().split(sizes), y.cpu().split(sizes), strict=True))


def measured(weight, modes, batches):
    """The same, sample by sample."""
    network, losses, right = Network(weight, modes).eval(), [], []
    for x, y in batches:
        scores = network(x.to(weight.device)).detach()
        losses.append(F.cross_entropy(scores, y.to(weight.device), reduction="none"))
        right.append(scores.argmax(1) == y.to(weight.device))
    return torch.cat(losses).double().mean().item(), torch.cat(right).double().mean().item()


@forall(problems(), tolerance=ROUNDING, examples=14)
def test_gives_loss_and_accuracy(impl, weight, modes, x, y, sizes, device):
    """The result is (loss, accuracy), both over all samples, however they are spread over batches.

    Dropout and batch norm compute as in evaluation.
    """
    batches = batches_of(x, y, sizes)
    result = impl.evaluate(Network(weight, modes), batches, F.cross_entropy, device)
    assert_same(result, measured(weight, modes, batches), ROUNDING)
    return result


@forall(problems(), examples=10)
def test_runs_in_evaluation_mode(impl, weight, modes, x, y, sizes, device):
    """Each batch goes through the model once, and all modules are in evaluation mode then."""
    network = Network(weight, modes)
    impl.evaluate(
        model=network, loader=batches_of(x, y, sizes), loss_fn=F.cross_entropy, device=device
    )
    return network.seen


@forall(problems(), examples=8)
def test_records_nothing(impl, weight, modes, x, y, sizes, device):
    """No graph is built while the model runs."""
    network = Network(weight, modes)
    impl.evaluate(network, batches_of(x, y, sizes), F.cross_entropy, device)
    return network.recorded


@forall(problems(), grad_mode=st.booleans(), strata=KEPT, examples=12)
def test_leaves_all_as_it_was(impl, weight, modes, x, y, sizes, grad_mode, device):
    """Each module's mode, parameters, buffers and the grad mode are as before."""
    network = Network(weight, modes)
    with torch.set_grad_enabled(grad_mode):
        impl.evaluate(network, batches_of(x, y, sizes), F.cross_entropy, device)
        return network.state(), torch.is_grad_enabled()


@forall(
    problems(),
    grad_mode=st.booleans(),
    who=st.sampled_from(("model", "loss", "loader", "empty")),
    examples=14,
)
def test_leaves_all_after_an_exception(impl, weight, modes, x, y, sizes, grad_mode, who, device):
    """Model, loss or loader may raise: it goes on to the caller, and all is as before.

    Where no batch came, that is a ValueError.
    """
    network, batches = Network(weight, modes), batches_of(x, y, sizes)
    network.fails = len(batches) if who == "model" else None

    def loss_fn(scores, classes):
        if who == "loss":
            raise LookupError("the loss fails")
        return F.cross_entropy(scores, classes)

    def loader():
        yield from () if who == "empty" else batches
        if who == "loader":
            raise LookupError("the loader fails")

    raised = None
    with torch.set_grad_enabled(grad_mode):
        try:
            impl.evaluate(network, loader(), loss_fn, device)
        except (LookupError, ValueError) as error:
            raised = type(error).__name__
        return raised, network.state(), torch.is_grad_enabled()


@forall(
    problems(),
    batch_size=st.sampled_from((2, 3)),
    kind=st.sampled_from(("drop_last", "some twice", "generator")),
    tolerance=ROUNDING,
    strata={each: {"kind": st.just(each)} for each in ("drop_last", "generator")},
    examples=12,
)
def test_counts_what_came(impl, weight, modes, x, y, sizes, batch_size, kind, device):
    """The samples that came count: a loader may drop some, draw some twice, or be a generator."""
    dataset = TensorDataset(x.cpu(), y.cpu())
    if kind == "generator":
        loader = (batch for batch in DataLoader(dataset, batch_size))
    elif kind == "drop_last" and len(x) >= batch_size:
        loader = DataLoader(dataset, batch_size, drop_last=True)
    else:
        loader = DataLoader(dataset, batch_size, sampler=[0, *range(len(x)), 0, 0])
    return impl.evaluate(Network(weight, modes), loader, F.cross_entropy, device)


@contextmanager
def _modes_kept(model):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training


def _sums(model, loader, loss_fn, device):
    """Sums over the samples, and their number."""
    total, right, samples = 0.0, 0, 0
    for inputs, classes in loader:
        x, y = inputs.to(device), classes.to(device)
        scores = model(x)
        total += loss_fn(scores, y).item() * len(y)
        right += (scores.argmax(1) == y).sum().item()
        samples += len(y)
    return total, right, samples


def _divided(total, right, samples):
    if not samples:
        raise ValueError("no batch")
    return total / samples, right / samples


def _means(model, loader, loss_fn, device):
    return _divided(*_sums(model, loader, loss_fn, device))


@misconception(
    of="evaluate",
    says="The numbers are right, but a graph was built for each batch: eval() switches layers, not "
    "recording.",
)
def only_evaluates(model, loader, loss_fn, device):
    with _modes_kept(model):
        return _means(model, loader, loss_fn, device)


@misconception(
    of="evaluate",
    says="no_grad switches recording, not layers: dropout drops, and batch norm follows what it is "
    "measured on.",
)
def only_stops_recording(model, loader, loss_fn, device):
    with torch.no_grad():
        return _means(model, loader, loss_fn, device)


@misconception(
    of="evaluate",
    says="train() at the end puts every module in training mode, those too that were kept in "
    "evaluation. Put back what was there.",
)
def trains_all_afterwards(model, loader, loss_fn, device):
    model.eval()
    try:
        with torch.no_grad():
            return _means(model, loader, loss_fn, device)
    finally:
        model.train()


@misconception(
    of="evaluate",
    says="Afterwards all modules have the mode of the outermost one. Each has its own, and "
    "train(mode) goes down to all that are within a module.",
)
def puts_back_the_outermost_mode(model, loader, loss_fn, device):
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            return _means(model, loader, loss_fn, device)
    finally:
        model.train(training)


@misconception(
    of="evaluate",
    says="The model is left in evaluation mode, in which the next epoch would train it.",
)
def leaves_evaluation_on(model, loader, loss_fn, device):
    model.eval()
    with torch.no_grad():
        return _means(model, loader, loss_fn, device)


@misconception(
    of="evaluate",
    says="Where something raises, the lines that put the modes back are never reached. finally is.",
)
def is_lost_by_an_exception(model, loader, loss_fn, device):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        sums = _sums(model, loader, loss_fn, device)
    for module, training in modes:
        module.training = training
    return _divided(*sums)


@misconception(
    of="evaluate",
    says="The result's parts are means of the batches' means, in which a sample of a smaller batch "
    "counts for more. Weigh each batch by its samples.",
)
def averages_the_batches(model, loader, loss_fn, device):
    losses, accuracies = [], []
    with _modes_kept(model), torch.no_grad():
        for pair in loader:
            loss, accuracy = _means(model, [pair], loss_fn, device)
            losses.append(loss)
            accuracies.append(accuracy)
    if not losses:
        raise ValueError("no batch")
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)


@misconception(
    of="evaluate",
    says="The accuracy is right, but the loss is a mean of the batches' means. Weigh each with the "
    "batch's samples.",
)
def averages_the_losses(model, loader, loss_fn, device):
    pairs = list(loader)
    with _modes_kept(model), torch.no_grad():
        _, right, samples = _sums(model, pairs, lambda *_: torch.zeros(()), device)
        parts = [_means(_Again(model), [pair], loss_fn, device)[0] for pair in pairs]
    return _divided(sum(parts) * samples / max(len(parts), 1), right, samples)


class _Again:
    """Calls a model without leaving a trace in its notes."""

    def __init__(self, model):
        self.model = model

    def __call__(self, x):
        scores = self.model(x)
        self.model.seen.pop()
        self.model.recorded.pop()
        return scores


@misconception(
    of="evaluate",
    says="The accuracy is a percentage. A share lies between 0 and 1.",
)
def gives_a_percentage(model, loader, loss_fn, device):
    with _modes_kept(model), torch.no_grad():
        loss, accuracy = _means(model, loader, loss_fn, device)
    return loss, 100 * accuracy


@misconception(
    of="evaluate",
    says="len(loader.dataset) is how many samples there are, not how many came: a loader may drop "
    "the last ones or draw some twice.",
)
def divides_by_the_dataset(model, loader, loss_fn, device):
    with _modes_kept(model), torch.no_grad():
        total, right, samples = _sums(model, loader, loss_fn, device)
    count = len(loader.dataset) if isinstance(loader, DataLoader) else samples
    return _divided(total, right, count)


@misconception(
    of="evaluate",
    says="The parameters are frozen and thawed, and one that was frozen before now isn't. no_grad "
    "leaves them alone.",
)
def thaws_the_parameters(model, loader, loss_fn, device):
    with _modes_kept(model):
        model.requires_grad_(False)
        try:
            return _means(model, loader, loss_fn, device)
        finally:
            model.requires_grad_(True)


@misconception(
    of="evaluate",
    says="to() gives a new tensor, and here it is thrown away: the batch stays where the loader "
    "made it.",
)
def leaves_the_batch_behind(model, loader, loss_fn, device):
    with _modes_kept(model), torch.no_grad():
        return _means(model, loader, loss_fn, "cpu")
