"""Properties and misconceptions of modules/dropout."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

PROBABILITIES = st.sampled_from((0.5, 0.3, 0.9, 0.25))
MANY = (60, 50)


@st.composite
def inputs(draw, dtype=None, requires_grad=False):
    """A tensor without zeros: what was dropped can be told."""
    x = draw(st.tensors(dtype=dtype or st.dtypes()))
    return torch.where(x == 0, 3.7, x).requires_grad_(requires_grad)


@st.composite
def layouts(draw):
    """The same, in any layout."""
    return st.laid_out(draw(inputs()), draw(st.sampled_from(st.LAYOUTS)))


def source(device, seed):
    return torch.Generator(device).manual_seed(seed)


def next_globally(device):
    return torch.rand(4), torch.rand(4, device=device)


def put_back(result, x, p):
    """x again: kept values times 1 - p, and those of x for the dropped ones."""
    return torch.where(result == 0, x, result * (1 - p))


@forall(x=st.one_of(inputs(), layouts()), p=PROBABILITIES, ban=[F.dropout])
def test_drops_or_scales(impl, x, p):
    """In training each element is 0 or its value divided by 1 - p."""
    result = impl.dropout(x, p, True)
    return {
        "zeros like the result": torch.zeros_like(result),
        "kept values times 1 - p, dropped ones put back": put_back(result, x, p),
    }


@forall(x=layouts(), p=st.sampled_from((0.5, 1.0, 0.3, 0.0)), given=st.booleans())
def test_changes_nothing_in_evaluation(impl, x, p, given, device):
    """With training=False the values of x come back, and nothing random is drawn."""
    torch.manual_seed(5)
    expected = next_globally(device)
    torch.manual_seed(5)
    generator = source(device, 7) if given else None
    result = impl.dropout(x, p, training=False, generator=generator)
    assert_same(result, x)
    drawn = None if generator is None else torch.rand(4, generator=generator, device=device)
    left = [torch.equal(*pair) for pair in zip(next_globally(device), expected, strict=True)]
    return result, drawn, left


@forall(x=layouts(), p=st.sampled_from((1.0, 0.0)), as_int=st.booleans())
def test_knows_the_ends(impl, x, p, as_int):
    """p = 0 keeps everything, and p = 1 drops everything: the result is 0, and no NaN."""
    result = impl.dropout(x=x, p=int(p) if as_int else p, training=True)
    assert_same(result.abs(), (x * (1 - p)).abs())
    return result.abs()


@forall(
    x=inputs(torch.float64, requires_grad=True),
    p=st.sampled_from((0.5, 0.3, 1.0, 0.0)),
    training=st.sampled_from((True, True, False)),
)
def test_gives_gradients(impl, x, p, training):
    """The gradient is 0 for dropped elements, 1 / (1 - p) for kept ones, and 1 in evaluation."""
    result = impl.dropout(x, p, training)
    assert result.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(result.sum(), x)
    dropped = result.detach() == 0
    return {
        "gradients of dropped elements": torch.where(dropped, gradient, 0),
        "of the others, times 1 - p": torch.where(dropped, 1, gradient * (1 - training * p)),
    }


@forall(p=PROBABILITIES, seed=st.integers(0, 9), given=st.booleans(), examples=10)
def test_drops_each_by_itself(impl, p, seed, given, device):
    """About a share p is dropped, in each row and column another pattern, the mean stays."""
    torch.manual_seed(seed)
    generator = source(device, seed) if given else None
    results = [impl.dropout(torch.ones(MANY, device=device), p, True, generator) for _ in range(4)]
    dropped = [(result == 0).double() for result in results]
    share = [mask.mean().item() for mask in dropped]
    # The shares of whole rows differ by √(p (1 - p)), those of rows of 50 elements by a seventh.
    limit = 0.4 * (p * (1 - p)) ** 0.5
    return {
        "about p are dropped": [abs(each - p) < 0.06 for each in share],
        "the mean stays": [abs(each.mean().item() - 1) < 0.25 for each in results],
        "not always as many": len(set(share)) > 1,
        "rows": [len(mask.unique(dim=0)) > 5 for mask in dropped],
        "columns": [len(mask.unique(dim=1)[0]) > 5 for mask in dropped],
        "whole rows": [mask.mean(1).std().item() < limit for mask in dropped],
        "whole columns": [mask.mean(0).std().item() < limit for mask in dropped],
    }


@forall(p=PROBABILITIES, seed=st.integers(0, 9), dtype=st.dtypes(), examples=10)
def test_draws_from_the_generator(impl, p, seed, dtype, device):
    """All that is random comes from the generator; the global random state stays as it was."""
    x, generator = torch.ones(MANY, dtype=dtype, device=device), source(device, seed)
    torch.manual_seed(99)
    expected = next_globally(device)
    torch.manual_seed(99)
    first, second = (impl.dropout(x, p, True, generator) for _ in range(2))
    left = [torch.equal(*pair) for pair in zip(next_globally(device), expected, strict=True)]
    again = impl.dropout(x, p, True, generator=source(device, seed))
    return {
        "the global state is left": left,
        "the same seed, the same result": torch.equal(first, again),
        "another call, another result": not torch.equal(first, second),
    }


@forall(p=PROBABILITIES, seed=st.integers(0, 9), examples=10)
def test_follows_the_global_seed(impl, p, seed, device):
    """Without a generator, torch's global random state decides."""
    x = torch.ones(MANY, device=device)
    torch.manual_seed(seed)
    first, second = (impl.dropout(x, p, True) for _ in range(2))
    torch.manual_seed(seed)
    again = impl.dropout(x, p, True)
    return {
        "the same seed, the same result": torch.equal(first, again),
        "another call, another result": not torch.equal(first, second),
    }


@forall(
    x=inputs(),
    p=st.sampled_from((-0.25, 1.25, -1.0, 2.0)),
    training=st.booleans(),
    raises=ValueError,
)
def test_refuses_what_is_no_probability(impl, x, p, training):
    """A p below 0 or above 1 is refused with a ValueError, in evaluation too."""
    return impl.dropout(x, p, training)


def right(x, p, training, generator=None, scale=None, kept=None):
    """Right but for the scale and the mask that it is given."""
    if not 0 <= p <= 1:
        raise ValueError("no probability")
    if not training:
        return x
    if kept is None:
        kept = torch.rand(x.shape, generator=generator, dtype=x.dtype, device=x.device) >= p
    factor = scale if scale is not None else 1 / (1 - p) if p < 1 else 0
    return x * kept * factor


@misconception(
    of="dropout",
    says="The kept values are not scaled: the mean in training is smaller than in evaluation, and "
    "the next layer sees other numbers there.",
)
def leaves_kept_values_as_they_are(x, p, training, generator=None):
    return right(x, p, training, generator, scale=1)


@misconception(
    of="dropout",
    says="Yours scales in evaluation, as the first paper did. Here training scales up, and "
    "evaluation leaves x as it is.",
)
def scales_in_evaluation(x, p, training, generator=None):
    return right(x, p, training, generator, scale=1) if training else x * (1 - p)


@misconception(
    of="dropout",
    says="p is the share that is dropped, so 1 - p is left. Yours scales by p.",
)
def divides_by_p(x, p, training, generator=None):
    return right(x, p, training, generator, scale=1 / p if p else 1)


@misconception(
    of="dropout",
    says="p is the probability of being dropped; yours keeps with that probability.",
)
def keeps_with_p(x, p, training, generator=None):
    drawn = torch.rand(x.shape, generator=generator, dtype=x.dtype, device=x.device)
    return right(x, p, training, kept=drawn < p)


@misconception(
    of="dropout",
    says="In evaluation nothing is dropped. Yours never looks at training.",
)
def drops_in_evaluation(x, p, training, generator=None):
    return right(x, p, True, generator)


@misconception(
    of="dropout",
    says="The generator is never used: the mask comes from the global random state.",
)
def ignores_the_generator(x, p, training, generator=None):
    return right(x, p, training)


@misconception(
    of="dropout",
    says="With p = 1 yours divides 0 by 0, which is NaN. All elements are dropped.",
)
def divides_by_zero(x, p, training, generator=None):
    if p < 1 or not training:
        return right(x, p, training, generator)
    return right(x, 0.0, training, kept=torch.zeros_like(x)) / 0


@misconception(
    of="dropout",
    says="The mask has one number for each row, and whole rows are dropped. Each element is to be "
    "dropped by itself.",
)
def drops_whole_rows(x, p, training, generator=None):
    drawn = torch.rand(x.shape[:1], generator=generator, dtype=x.dtype, device=x.device)
    return right(x, p, training, kept=(drawn >= p).view(-1, *[1] * (x.dim() - 1)))


@misconception(
    of="dropout",
    says="All rows are given the same mask. Each element is to be dropped by itself.",
)
def shares_a_mask(x, p, training, generator=None):
    drawn = torch.rand(x.shape[1:], generator=generator, dtype=x.dtype, device=x.device)
    return right(x, p, training, kept=drawn >= p)


@misconception(
    of="dropout",
    says="Yours drops the same number of elements each time. Each is dropped with probability p by "
    "itself, so that the number is random too.",
)
def drops_an_exact_number(x, p, training, generator=None):
    order = torch.randperm(x.numel(), generator=generator, device=x.device).view(x.shape)
    return right(x, p, training, kept=order >= round(p * x.numel()))


@misconception(
    of="dropout",
    says="A generator made from the seed begins anew at each call, and drops the same elements for "
    "ever. Draw from the generator itself: it goes on.",
)
def begins_anew_each_time(x, p, training, generator=None):
    if generator is not None:
        generator = torch.Generator(x.device).manual_seed(generator.initial_seed())
    return right(x, p, training, generator)


@misconception(
    of="dropout",
    says="A p that is no probability passes unnoticed in evaluation. It is refused in both modes.",
)
def checks_in_training_only(x, p, training, generator=None):
    return right(x, p, training, generator) if training else x


@misconception(
    of="dropout",
    says="A p that is no probability must be refused with a ValueError.",
)
def never_checks_p(x, p, training, generator=None):
    return right(x, min(max(p, 0.0), 1.0), training, generator)
