"""Properties and misconceptions of sequences/embedding."""

import copy
import io

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

BANNED = [torch.embedding, torch.embedding_bag, torch.Tensor.tolist, torch.Tensor.numpy]
EXACT = (0.0, 0.0)  # what is looked up is not computed with


@st.composite
def tables(draw, padding=(None, 0, -1, 1, -3), dtype=None, special=False):
    """A weight of at least 3 words, one of which may be the padding."""
    n, dim = draw(st.sampled_from((3, 5, 4))), draw(st.sampled_from((2, 3, 1)))
    kind, padding_idx = dtype or draw(st.dtypes()), draw(st.sampled_from(padding))
    return {
        "weight": draw(st.tensors((n, dim), kind, layouts=["contiguous"], special=special)),
        "padding_idx": padding_idx,
    }


@st.composite
def lookups(draw, padding=(None, 0, -1, 1, -3), dtype=None, special=False, shape=None):
    """A table and ids of it; with a padding, the first id is that."""
    table = draw(tables(padding, dtype, special))
    sides = shape or draw(st.sampled_from(((3,), (2, 3), (), (0,), (2, 1, 2), (2, 0))))
    ids = draw(st.labels(len(table["weight"]), sides))
    return {**table, "ids": ids}


@st.composite
def beside_a_nan(draw):
    """A lookup in a table of which a row that is not named is NaN."""
    drawn = draw(lookups((None,), shape=(2, 3)))
    return {
        **drawn,
        "weight": drawn["weight"].index_fill(0, torch.tensor([0]), float("nan")),
        "ids": drawn["ids"].clamp(min=1),
    }


PADDED = lookups((0, -1, 1), torch.float64, shape=(2, 3))


@st.composite
def with_padding(draw):
    """A lookup of a table with a padding: one id is that, and another is there twice."""
    drawn = draw(PADDED)
    ids = drawn["ids"].clone()
    ids[0, 0] = drawn["padding_idx"] % len(drawn["weight"])
    ids[1, :2] = (ids[0, 0] + draw(st.integers(1, 2))) % len(drawn["weight"])
    return {**drawn, "ids": ids}


def made(cls, weight, padding_idx):
    """A layer of the class that holds `weight`, with its dtype and on its device."""
    layer = cls(*weight.shape, padding_idx).to(weight.device, weight.dtype)
    layer.load_state_dict({"weight": weight})
    return layer


def gradient_of(weight, ids, padding_idx):
    """What nn.Embedding's weight is given for the loss that `loss` is."""
    layer = made(nn.Embedding, weight.cpu(), padding_idx)
    loss(layer(ids.cpu())).backward()
    return layer.weight.grad.to(weight.device)


def loss(rows):
    """Each place and each component has a gradient of its own."""
    weights = torch.arange(1.0, rows.numel() + 1, dtype=rows.dtype, device=rows.device)
    return (rows * weights.view_as(rows)).sum()


def ids_of(size):
    weight = torch.arange(3.0 * 2).view(3, 2)
    return {
        "weight": weight,
        "padding_idx": 0,
        "ids": torch.arange(size * size).view(size, size) % 3,
    }


@forall(
    lookups(special=True),
    ban=BANNED,
    vectorized=ids_of,
    tolerance=EXACT,
    strata={"a NaN in another row": beside_a_nan()},
)
def test_looks_up_a_row_for_each_id(impl, weight, padding_idx, ids):
    """Each id gives its row of the weight, whatever that holds, for ids of any shape."""
    result = made(impl.Embed, weight, padding_idx)(ids)
    rows = weight.index_select(0, ids.flatten())
    assert_same(result.detach(), rows.view(*ids.shape, weight.shape[1]))
    return result.detach()


@forall(n=st.integers(2, 4), dim=st.integers(1, 3), padding=st.sampled_from((None, 1, 0, -1)))
def test_holds_a_weight_alone(impl, n, dim, padding):
    """The weight of shape (n, dim) is the only parameter; the padding's row starts as zeros."""
    layer = impl.Embed(n, dim, padding_idx=padding)
    return {
        "is an nn.Embedding": isinstance(layer, nn.Embedding),
        "state dict": {name: tuple(each.shape) for name, each in layer.state_dict().items()},
        "parameters": [name for name, _ in layer.named_parameters()],
        "dtype": layer.weight.dtype,
        "trained": layer.weight.requires_grad,
        "rows of zeros": [not bool(row.any()) for row in layer.weight.detach()],
    }


@forall(
    dtype=st.dtypes(torch.float64, torch.float16), padding=st.sampled_from((None, 0)), examples=4
)
def test_starts_in_the_default_dtype(impl, dtype, padding):
    """The weight has torch's default dtype, whatever that is when the layer is made."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        layer = impl.Embed(3, 2, padding)
    finally:
        torch.set_default_dtype(before)
    return layer.weight.dtype


@forall(seed=st.integers(0, 1000), padding=st.sampled_from((None, 0)), examples=4)
def test_starts_normal(impl, seed, padding):
    """The weight starts with mean 0 and standard deviation 1, and every layer with its own."""
    torch.manual_seed(seed)
    layer, other = impl.Embed(1001, 7, padding), impl.Embed(1001, 7, padding)
    rows = layer.weight.detach()[1:]
    std, mean = torch.std_mean(rows)
    beyond = (rows.abs() > 2).double().mean()
    return {
        "mean is about 0": abs(float(mean)) < 0.1,
        "deviation is about 1": abs(float(std) - 1) < 0.1,
        "one in 22 is beyond 2": 0.03 < float(beyond) < 0.06,
        "differs from another layer's": not bool((rows == other.weight.detach()[1:]).all()),
    }


@forall(lookups((None,), torch.float64, shape=(2, 3)), examples=12)
def test_gradients_add_up(impl, weight, padding_idx, ids):
    """The gradients of all places that took a row are added up in it."""
    layer = made(impl.Embed, weight, padding_idx)
    loss(layer(ids)).backward()
    assert_same(layer.weight.grad, gradient_of(weight, ids, padding_idx))
    return layer.weight.grad


@forall(with_padding(), ban=BANNED, examples=16)
def test_padding_has_no_gradient(impl, weight, padding_idx, ids):
    """No lookup gives the padding's row a gradient; the others have theirs."""
    layer = made(impl.Embed, weight, padding_idx)
    result = layer(ids)
    loss(result).backward()
    assert_same(layer.weight.grad, gradient_of(weight, ids, padding_idx))
    return result, layer.weight.grad


@forall(with_padding(), examples=8)
def test_other_uses_have_their_gradient(impl, weight, padding_idx, ids):
    """Where the weight is used beside the lookup, the padding's row gets that gradient."""
    layer = made(impl.Embed, weight, padding_idx)
    scores = layer(ids) @ layer.weight.T
    loss(scores).backward()
    return layer.weight.grad


@forall(with_padding(), then=st.permutations(("deepcopy", "saved", "double", "eval")), examples=12)
def test_trains_for_several_steps(impl, weight, padding_idx, ids, then):
    """Step after step the padding stays as it is, in a copy as well."""
    layer = made(impl.Embed, weight.float(), padding_idx)
    seen = []
    for change in then[:2]:
        layer = changed(layer, change)
        optimizer = torch.optim.SGD(layer.parameters(), lr=0.25)
        layer(ids).square().sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        seen.append({name: value.clone() for name, value in layer.state_dict().items()})
    return seen


def changed(layer, change):
    """A layer after it was copied, saved and loaded, converted, or put in another mode."""
    if change == "deepcopy":
        return copy.deepcopy(layer)
    if change == "saved":
        file = io.BytesIO()
        torch.save(layer.state_dict(), file)
        file.seek(0)
        layer.load_state_dict(torch.load(file))
        return layer
    return layer.double() if change == "double" else layer.eval()


@forall(with_padding(), recording=st.booleans(), examples=8)
def test_works_without_gradients(impl, weight, padding_idx, ids, recording):
    """A frozen weight is looked up as well, and so is any under no_grad."""
    layer = made(impl.Embed, weight, padding_idx).requires_grad_(not recording)
    with torch.set_grad_enabled(recording):
        return layer(ids), recording == torch.is_grad_enabled()


@forall(n=st.integers(1, 3), beyond=st.sampled_from((0, 1)), below=st.booleans(), raises=ValueError)
def test_refuses_a_padding_that_is_no_word(impl, n, beyond, below):
    """A padding_idx that is none of the words raises ValueError."""
    return impl.Embed(n, 2, padding_idx=-n - 1 - beyond if below else n + beyond)


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        self.padding_idx = self.checked(padding_idx, n)
        weight = self.started(n, dim)
        if self.padding_idx is not None:
            weight[self.padding_idx] = 0
        self.weight = nn.Parameter(weight)

    def checked(self, padding_idx, n):
        if padding_idx is not None and not -n <= padding_idx < n:
            raise ValueError("no word")
        return padding_idx if padding_idx is None else padding_idx % n

    def started(self, n, dim):
        return torch.randn(n, dim)

    def forward(self, ids):
        rows = self.weight[ids]
        if self.padding_idx is None:
            return rows
        return torch.where(self.is_padding(ids), rows.detach(), rows)

    def is_padding(self, ids):
        return (ids == self.padding_idx).unsqueeze(-1)


@misconception(
    of="Embed",
    says="padding_idx keeps the gradient from a row. It does not make the output 0: a row that was "
    "loaded comes out as it is.",
)
class ZeroesTheOutput(_Answer):
    def forward(self, ids):
        rows = self.weight[ids]
        return rows if self.padding_idx is None else rows.masked_fill(self.is_padding(ids), 0)


@misconception(
    of="Embed",
    says="The padding's row starts as zeros, but the first step moves it: the lookup must not give "
    "it a gradient.",
)
class TrainsThePadding(_Answer):
    def forward(self, ids):
        return self.weight[ids]


@misconception(
    of="Embed",
    says="The padding's row starts as zeros. Yours starts like the others.",
)
class StartsThePaddingAtRandom(_Answer):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__(n, dim, padding_idx)
        self.weight = nn.Parameter(self.started(n, dim))


@misconception(
    of="Embed",
    says="A hook on the weight hears of all that it is used for, and a deep copy has none of it. "
    "Only the lookup is to leave the padding out.",
)
class HooksTheWeight(_Answer):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__(n, dim, padding_idx)
        if self.padding_idx is not None:
            self.weight.register_hook(self.without_padding)

    def without_padding(self, gradient):
        gradient = gradient.clone()
        gradient[self.padding_idx] = 0
        return gradient

    def forward(self, ids):
        return self.weight[ids]


@misconception(
    of="Embed",
    says="A negative padding_idx counts from the end: no id is equal to it.",
)
class ComparesANegativePadding(_Answer):
    def checked(self, padding_idx, n):
        super().checked(padding_idx, n)
        return padding_idx


@misconception(
    of="Embed",
    says="Word 0 is a word too: ask whether padding_idx is None, not whether it is true.",
)
class TakesZeroForNone(_Answer):
    def checked(self, padding_idx, n):
        return super().checked(padding_idx, n) or None


@misconception(
    of="Embed",
    says="A product with one-hot rows reads the whole table: 0 times NaN is NaN. Read the rows "
    "that are named.",
)
class MultipliesByOneHot(_Answer):
    def forward(self, ids):
        chosen = F.one_hot(ids, len(self.weight)).to(self.weight.dtype)
        if self.padding_idx is not None:
            frozen = torch.zeros_like(self.weight, dtype=torch.bool)
            frozen[self.padding_idx] = True
            return chosen @ torch.where(frozen, self.weight.detach(), self.weight)
        return chosen @ self.weight


@misconception(
    of="Embed",
    says="The weight must be an nn.Parameter: a plain tensor is neither trained nor saved.",
)
class KeepsAPlainTensor(_Answer):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__(n, dim, padding_idx)
        weight = self.weight.detach().requires_grad_()
        del self.weight
        self.weight = weight


@misconception(
    of="Embed",
    says="The weight is cut off: nothing is trained.",
)
class DetachesTheWeight(_Answer):
    def forward(self, ids):
        return self.weight.detach()[ids]


@misconception(
    of="Embed",
    says="rand gives numbers between 0 and 1. The normal distribution is that of randn.",
)
class StartsUniform(_Answer):
    def started(self, n, dim):
        return torch.rand(n, dim)


@misconception(
    of="Embed",
    says="Equal rows get equal gradients and stay equal. The words must differ from the start.",
)
class StartsWithZeros(_Answer):
    def started(self, n, dim):
        return torch.zeros(n, dim)


@misconception(
    of="Embed",
    says="A padding_idx beyond the words is refused at once, with a ValueError.",
)
class TakesAnyPadding(_Answer):
    def checked(self, padding_idx, n):
        return padding_idx if padding_idx is None else padding_idx % n


@misconception(
    of="Embed",
    says="The weight is changed in the forward pass: what was loaded into the padding's row is "
    "lost.",
)
class ZeroesTheRowEachTime(_Answer):
    def forward(self, ids):
        if self.padding_idx is not None:
            with torch.no_grad():
                self.weight[self.padding_idx] = 0
        return super().forward(ids)
