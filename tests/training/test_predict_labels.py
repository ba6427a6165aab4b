"""Properties and misconceptions of training/predict_labels."""

import itertools
from collections import namedtuple
from contextlib import contextmanager

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

CLASSES = 4
MODULES = 4
"""How many modules a Network is made of, itself included."""

MIXED = "now a pair, now a tensor"

Batch = namedtuple("Batch", "x y")

FORMS = {
    "tensors": lambda x: x,
    "pairs": lambda x: (x, torch.full((len(x),), 9)),
    "lists": lambda x: [x, torch.full((len(x),), 9)],
    "alone in a tuple": lambda x: (x,),
    "a named tuple": lambda x: Batch(x, torch.full((len(x),), 9)),
    "with names": lambda x: (x, [f"file {number}" for number in range(len(x))], None),
}


class Network(nn.Module):
    """Batch norm, dropout and a layer; it notes in which mode it runs, and what it records."""

    def __init__(self, weight, modes):
        super().__init__()
        count = len(weight)
        self.norm = nn.BatchNorm1d(count)
        self.drop = nn.Dropout(0.5)
        self.head = nn.Linear(count, CLASSES)
        self.head.weight = nn.Parameter(weight.T.clone())
        # Far from each other, so that no two scores are equal.
        self.head.bias = nn.Parameter(torch.tensor([0.013, -0.029, 0.041, -0.007]))
        self.norm.running_mean.copy_(torch.linspace(-0.3, 0.7, count))
        self.norm.running_var.copy_(torch.linspace(0.6, 1.7, count))
        self.seen, self.fails = [], None
        self.to(weight.device)
        for module, training in zip(self.modules(), modes, strict=True):
            module.training = training

    def modes(self):
        return [module.training for module in self.modules()]

    def forward(self, x):
        scores = self.head(self.drop(self.norm(x)))
        self.seen.append({"modes": self.modes(), "recorded": scores.requires_grad})
        if len(self.seen) == self.fails:
            raise LookupError("the model fails")
        return scores


@st.composite
def problems(draw, sizes=((3, 2), (2, 2, 1), (2,), (1, 4), (4,))):
    sizes = draw(st.sampled_from(sizes))
    inputs = draw(st.sampled_from((2, 3, 1)))
    plain = ["contiguous"]
    return {
        "weight": draw(st.tensors((inputs, CLASSES), layouts=plain)),
        "x": draw(st.tensors((sum(sizes), inputs), layouts=plain)),
        "sizes": list(sizes),
    }


ONE_OFF = [True, False, True, True]
MODES = st.one_of(
    st.just([True] * MODULES),
    st.just(ONE_OFF),
    st.lists(st.booleans(), min_size=MODULES, max_size=MODULES),
)
ALL_ON = [True] * MODULES


def batches_of(x, sizes, form):
    """Batches on the CPU, as a loader gives them."""
    forms = itertools.cycle(("pairs", "tensors") if form == MIXED else (form,))
    return [FORMS[next(forms)](part) for part in x.cpu().split(sizes)]


@st.composite
def mixed(draw):
    """Batches of more than one form."""
    return {**draw(problems(sizes=((3, 2), (2, 2, 1)))), "form": MIXED}


def really(weight, x, sizes):
    network = Network(weight, ALL_ON).eval()
    return torch.cat([network(part).detach().cpu().argmax(1) for part in x.split(sizes)])


@forall(
    problems(),
    form=st.sampled_from((*FORMS, MIXED)),
    strata={MIXED: mixed()},
    examples=20,
)
def test_gives_the_class_of_each_sample(impl, weight, x, sizes, form, device):
    """The result holds the place of the largest score of each sample, in order, on the CPU.

    A batch is a tensor, or a tuple or list that begins with one.
    """
    labels = impl.predict(Network(weight, ALL_ON), batches_of(x, sizes, form), device)
    assert_same(labels, really(weight, x, sizes))
    return labels


@forall(problems(sizes=((1,), (1, 1), (2, 1))), form=st.sampled_from(tuple(FORMS)), examples=8)
def test_batches_of_one(impl, weight, x, sizes, form, device):
    """A batch of one sample gives one class."""
    network = Network(weight, ALL_ON)
    labels = impl.predict(model=network, loader=batches_of(x, sizes, form), device=device)
    assert_same(labels, really(weight, x, sizes))
    return labels


@forall(weight=st.tensors((2, CLASSES)), read=st.booleans(), examples=4)
def test_no_batch_is_no_class(impl, weight, read, device):
    """A loader that gives no batch has a result of shape (0,) and dtype int64."""
    labels = impl.predict(Network(weight, ALL_ON), iter(()) if read else [], device)
    assert_same(labels, torch.empty(0, dtype=torch.int64))
    return labels


@forall(problems(), batch_size=st.integers(1, 3), as_generator=st.booleans(), examples=10)
def test_reads_any_loader_once(impl, weight, x, sizes, batch_size, as_generator, device):
    """A DataLoader and a generator are read once, and each batch goes through the model once."""
    network = Network(weight, ALL_ON)
    loader = DataLoader(TensorDataset(x.cpu()), batch_size)
    given = (batch for batch in loader) if as_generator else loader
    return impl.predict(network, given, device), len(network.seen)


@forall(problems(), modes=MODES, examples=10)
def test_runs_in_evaluation_mode(impl, weight, x, sizes, modes, device):
    """All modules are in evaluation mode while the model runs, and nothing is recorded."""
    network = Network(weight, modes)
    impl.predict(network, batches_of(x, sizes, "pairs"), device)
    return network.seen


@forall(
    problems(),
    modes=MODES,
    grad_mode=st.booleans(),
    who=st.sampled_from(("nobody", "model", "loader")),
    strata={"one module is kept in evaluation": {"modes": st.just(ONE_OFF)}},
    examples=14,
)
def test_leaves_all_as_it_was(impl, weight, x, sizes, modes, grad_mode, who, device):
    """Modes, parameters, buffers and grad mode are as before, after an exception, too."""
    network, batches = Network(weight, modes), batches_of(x, sizes, "tensors")
    network.fails = len(batches) if who == "model" else None

    def loader():
        yield from batches
        if who == "loader":
            raise LookupError("the loader fails")

    raised = None
    with torch.set_grad_enabled(grad_mode):
        try:
            impl.predict(network, loader(), device)
        except LookupError as error:
            raised = str(error)
        state = {name: value.detach().clone() for name, value in network.state_dict().items()}
        return raised, network.modes(), torch.is_grad_enabled(), state


@contextmanager
def _evaluating(model):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for module, training in modes:
            module.training = training


def _inputs(batch):
    return batch if isinstance(batch, torch.Tensor) else batch[0]


def _predicted(model, loader, device, of=lambda scores: scores.argmax(1).cpu()):
    none = [torch.empty(0, dtype=torch.int64)]
    return torch.cat([*none, *(of(model(_inputs(batch).to(device))) for batch in loader)])


@misconception(
    of="predict",
    says="Those are the largest scores. A class is the place of the largest score in its row.",
)
def gives_the_scores(model, loader, device):
    with _evaluating(model):
        return _predicted(model, loader, device, lambda scores: scores.max(1)[0].cpu())


@misconception(
    of="predict",
    says="argmax over dimension 0 compares samples, one answer for each class. The classes are the "
    "last dimension.",
)
def compares_samples(model, loader, device):
    with _evaluating(model):
        return _predicted(model, loader, device, lambda scores: scores.argmax(0).cpu())


@misconception(
    of="predict",
    says="torch.cat refuses an empty list. A loader that gives nothing has a result of length 0.",
)
def joins_nothing(model, loader, device):
    with _evaluating(model):
        parts = [model(_inputs(batch).to(device)).argmax(1).cpu() for batch in loader]
    return torch.cat(parts)


@misconception(
    of="predict",
    says="Nothing came, and the result is a float32 tensor, as empty ones are unless told "
    "otherwise. Classes are int64.",
)
def gives_floats_for_nothing(model, loader, device):
    with _evaluating(model):
        parts = [model(_inputs(batch).to(device)).argmax(1).cpu() for batch in loader]
    return torch.cat(parts) if parts else torch.tensor([])


@misconception(
    of="predict",
    says="A batch is taken for a pair. It may be a tensor alone, or have one part or three; and a "
    "tensor of two rows comes apart into its rows.",
)
def unpacks_pairs(model, loader, device):
    def unpacked(batch):
        x, _ = batch
        return x

    with _evaluating(model):
        return _predicted(model, (unpacked(batch) for batch in loader), device)


@misconception(
    of="predict",
    says="batch[0] of a tensor is its first row: the other samples are gone. Ask first whether the "
    "batch is a tensor.",
)
def takes_the_first_row(model, loader, device):
    with _evaluating(model):
        return _predicted(
            model,
            (
                batch[0].unsqueeze(0) if isinstance(batch, torch.Tensor) else batch
                for batch in loader
            ),
            device,
        )


@misconception(
    of="predict",
    says="squeeze() makes a number of a batch of one, and numbers can't be joined to a list of "
    "classes.",
)
def squeezes_batches_of_one(model, loader, device):
    with _evaluating(model):
        return _predicted(model, loader, device, lambda scores: scores.argmax(1).squeeze().cpu())


@misconception(
    of="predict",
    says="The model runs as it is found. In training mode dropout drops, and batch norm follows "
    "what it is asked about.",
)
def forgets_the_mode(model, loader, device):
    with torch.no_grad():
        return _predicted(model, loader, device)


@misconception(
    of="predict",
    says="A graph was recorded for each batch. Classes have no gradient, but the scores that they "
    "came from do.",
)
def records_a_graph(model, loader, device):
    with _evaluating(model), torch.enable_grad():
        return _predicted(model, loader, device)


@misconception(
    of="predict",
    says="The model's modes are not those of before: put them back, module by module, in a finally "
    "block.",
)
def leaves_evaluation_on(model, loader, device):
    model.eval()
    with torch.no_grad():
        return _predicted(model, loader, device)


@misconception(
    of="predict",
    says="train() at the end puts every module in training mode, those too that were kept in "
    "evaluation.",
)
def trains_all_afterwards(model, loader, device):
    model.eval()
    try:
        with torch.no_grad():
            return _predicted(model, loader, device)
    finally:
        model.train()


@misconception(
    of="predict",
    says="Afterwards all modules have the mode of the outermost one. Each has its own, and "
    "train(mode) goes down to all that are within a module.",
)
def puts_back_the_outermost_mode(model, loader, device):
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            return _predicted(model, loader, device)
    finally:
        model.train(training)


@misconception(
    of="predict",
    says="The result lies where the model is. It is asked for on the CPU.",
)
def stays_on_the_device(model, loader, device):
    with _evaluating(model):
        parts = [torch.empty(0, dtype=torch.int64, device=device)]
        parts += [model(_inputs(batch).to(device)).argmax(1) for batch in loader]
    return torch.cat(parts) if len(parts) > 1 else parts[0].cpu()
