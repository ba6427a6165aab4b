"""Properties and misconceptions of losses/fix_double_softmax."""

import copy
import io

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


@st.composite
def problems(draw, dtype=None, values="digits", min_rows=0, scales=(100.0, 1.0)):
    """The parameters of a classifier of one to four classes, samples and their labels.

    In float64, which has the digits for it, some logits are far from 0 and from each other.
    """
    features, classes = draw(st.integers(1, 3)), draw(st.sampled_from((2, 3, 4, 1)))
    rows = draw(st.sampled_from([rows for rows in (2, 3, 1, 0) if rows >= min_rows]))
    kind = draw(st.dtypes()) if dtype is None else dtype
    scale = draw(st.sampled_from(scales)) if kind is torch.float64 else 1
    return {
        "weight": draw(st.tensors((classes, features), kind, values=values)) * scale,
        "bias": draw(st.tensors((classes,), kind, values=values)) + (1000 if scale > 1 else 0),
        "x": draw(st.tensors((rows, features), kind, values=values)),
        "y": draw(st.labels(classes, (rows,), layouts=["contiguous"])),
    }


FAR = problems(torch.float64, min_rows=1, scales=(100.0,))


@st.composite
def sure_and_right(draw):
    """A classifier whose logits are 40 ahead in the right class of each sample."""
    classes = draw(st.integers(2, 4))
    y = draw(st.labels(classes, (draw(st.integers(1, 4)),), layouts=["contiguous"]))
    x = F.one_hot(y, classes).float()
    bias = draw(st.tensors((classes,), values="steps")) / 4
    return {"weight": 40 * torch.eye(classes), "bias": bias, "x": x, "y": y}


def made(kind, weight, bias):
    """A classifier of this class with these parameters, their dtype and on their device."""
    model = kind(weight.shape[1], weight.shape[0])
    assert sorted(model.state_dict()) == ["linear.bias", "linear.weight"], (
        f"The state dict has the keys {sorted(model.state_dict())}: "
        "linear.bias and linear.weight are wanted, and no others."
    )
    model.to(weight.device, weight.dtype)
    model.load_state_dict({"linear.weight": weight, "linear.bias": bias})
    return model


def left(model):
    """What a method must leave as it was."""
    return {
        "state": dict(model.state_dict()),
        "training": model.training,
        "grads": [param.grad for param in model.parameters()],
    }


@forall(features=st.integers(1, 3), classes=st.integers(1, 4))
def test_keeps_its_state_dict(impl, features, classes):
    """The model is an nn.Module with the parameters linear.weight and linear.bias."""
    model = impl.Classifier(features, classes)
    shapes = {name: tuple(param.shape) for name, param in model.named_parameters()}
    return shapes, list(model.state_dict()), isinstance(model, nn.Module)


@forall(problems(), training=st.booleans())
def test_forward_gives_logits(impl, weight, bias, x, y, training):
    """forward gives the logits, which may be any numbers."""
    model = made(impl.Classifier, weight, bias).train(training)
    logits = model(x)
    assert_same(logits.detach(), F.linear(x, weight, bias))
    return logits, left(model)


@forall(problems(), training=st.booleans(), strata={"logits of which exp is infinite": FAR})
def test_loss_is_cross_entropy(impl, weight, bias, x, y, training):
    """loss gives the mean cross entropy of the logits."""
    model = made(impl.Classifier, weight, bias).train(training)
    loss = model.loss(x, y)
    assert_same(loss.detach(), F.cross_entropy(F.linear(x, weight, bias), y))
    return loss, left(model)


@forall(sure_and_right())
def test_loss_goes_to_zero(impl, weight, bias, x, y):
    """Where the model is sure and right, the loss is 0."""
    loss = made(impl.Classifier, weight, bias).loss(x=x, y=y)
    assert_same(loss.detach(), F.cross_entropy(F.linear(x, weight, bias), y))
    return loss


@forall(problems(), training=st.booleans(), strata={"logits of which exp is infinite": FAR})
def test_predict_proba_gives_probabilities(impl, weight, bias, x, y, training):
    """predict_proba gives the probability of each class, and each row sums to 1."""
    model = made(impl.Classifier, weight, bias).train(training)
    shares = model.predict_proba(x).detach()
    assert_same(shares, F.linear(x, weight, bias).softmax(1))
    return shares, left(model)


@forall(problems(values="steps"), training=st.booleans())
def test_predict_gives_the_likeliest(impl, weight, bias, x, y, training):
    """predict gives the class with the largest logit."""
    model = made(impl.Classifier, weight, bias).train(training)
    ids = model.predict(x)
    assert_same(ids, F.linear(x, weight, bias).argmax(1))
    return ids, left(model)


LATER = ("trained", "deepcopy", "saved", "eval")


@forall(problems(torch.float64, min_rows=1), later=st.sampled_from(LATER), examples=16)
def test_trains(impl, weight, bias, x, y, later):
    """Copied, loaded or put in eval mode and back, it goes on as plain SGD on its loss would."""
    model = made(impl.Classifier, weight, bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    model.loss(x, y).backward()
    optimizer.step()
    if later == "deepcopy":
        model = copy.deepcopy(model)
    elif later == "saved":
        file = io.BytesIO()
        torch.save(model.state_dict(), file)
        file.seek(0)
        model = made(impl.Classifier, weight, bias)
        model.load_state_dict(torch.load(file, map_location=x.device))
    elif later == "eval":
        model.eval()
        model.predict_proba(x)
        model.train()
    model.zero_grad()
    loss = model.loss(x, y)
    loss.backward()
    return loss, [param.grad for param in model.parameters()], left(model)["state"]


@misconception(
    of="Classifier",
    stub=True,
    says="forward returns probabilities, and F.cross_entropy takes softmax of them again. Logits "
    "are what it wants.",
)
class TakesSoftmaxTwice(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x):
        return self.linear(x).softmax(-1)

    def loss(self, x, y):
        return F.cross_entropy(self(x), y)

    def predict_proba(self, x):
        return self(x)

    def predict(self, x):
        return self(x).argmax(-1)


class _Answer(nn.Module):
    """What the other misconceptions have in common: all of it right but for what each changes."""

    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x):
        return self.linear(x)

    def loss(self, x, y):
        return F.cross_entropy(self(x), y)

    def predict_proba(self, x):
        return self(x).softmax(-1)

    def predict(self, x):
        return self(x).argmax(-1)


@misconception(
    of="Classifier",
    says="log_softmax gives logarithms of probabilities. They lie below 0, and a row of them "
    "doesn't sum to 1.",
)
class GivesLogProbabilities(_Answer):
    def predict_proba(self, x):
        return self(x).log_softmax(-1)


@misconception(
    of="Classifier",
    says="forward is mended, and predict_proba still hands on what it gives: these are logits, "
    "not probabilities.",
)
class GivesLogitsForProbabilities(_Answer):
    def predict_proba(self, x):
        return self(x)


@misconception(
    of="Classifier",
    says="The loss is mended by log_softmax in forward, with nll_loss or without. What forward "
    "returns are log probabilities, and logits are wanted.",
)
class ReturnsLogProbabilities(_Answer):
    def forward(self, x):
        return self.linear(x).log_softmax(-1)


@misconception(
    of="Classifier",
    says="nll_loss picks from log probabilities. Of logits it gives any number, also below 0.",
)
class PicksFromLogits(_Answer):
    def loss(self, x, y):
        return F.nll_loss(self(x), y)


@misconception(
    of="Classifier",
    says="Only forward is mended: loss takes softmax before F.cross_entropy does.",
)
class TakesSoftmaxInTheLoss(_Answer):
    def loss(self, x, y):
        return F.cross_entropy(self(x).softmax(-1), y)


@misconception(
    of="Classifier",
    says="predict_proba takes softmax twice: the shares come close to each other, whatever the "
    "logits are.",
)
class TakesSoftmaxTwiceForProbabilities(_Answer):
    def predict_proba(self, x):
        return self(x).softmax(-1).softmax(-1)


@misconception(
    of="Classifier",
    says="Dimension 0 is the samples: yours shares 1 out among them. The classes of one sample "
    "compete with each other.",
)
class SharesOutAmongSamples(_Answer):
    def predict_proba(self, x):
        return self(x).softmax(0)


@misconception(
    of="Classifier",
    says="sigmoid looks at each class alone: the values of a row don't sum to 1. It is for "
    "questions that are answered independently.",
)
class AsksEachClassAlone(_Answer):
    def predict_proba(self, x):
        return self(x).sigmoid()
