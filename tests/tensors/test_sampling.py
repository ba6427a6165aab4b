"""Properties and misconceptions of tensors/sampling."""

from collections import Counter

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

MANY = 1000
SHUFFLES = 600
FEWEST, MOST = 43, 165
"""How often each of six orders comes in 600 fair shuffles. By Chernoff's bound one of the six is
outside with a probability of less than 1e-9."""

SIZES = st.one_of(st.shapes(0, 3), st.just((50,)))
DTYPES = st.dtypes(torch.float32, torch.float64, torch.float16, torch.bfloat16)
SEEDS = st.one_of(st.none(), st.integers(0, 9))


@st.composite
def ranges(draw, narrowest=0):
    """Bounds that every dtype holds exactly."""
    low = draw(st.sampled_from((0.0, 2.0, 0.25, -0.5, -4.0, -1.0)))
    width = draw(st.sampled_from([each for each in (1.0, 2.0, 0.5, 3.0, 0.0) if each >= narrowest]))
    return {"low": low, "high": low + width}


@st.composite
def pairs(draw, min_rows=0, dtype=st.ANY_DTYPE):
    """x with rows of any shape, and y that tells which row is which."""
    rows = draw(st.sampled_from([n for n in (3, 2, 7, 1, 0) if n >= min_rows]))
    sides = draw(st.shapes(0, 2))
    x = draw(st.tensors((rows, *sides), dtype))
    kind = draw(st.dtypes(torch.int64, torch.float32, torch.uint8))
    numbers = torch.arange(rows, dtype=kind).reshape(-1, *([1] * draw(st.integers(0, 2))))
    layout = draw(st.sampled_from(("contiguous", "sliced", "offset")))
    return {"x": x, "y": st.laid_out(numbers, layout)}


def source(device, seed):
    """A generator that is seeded; without a seed there is none."""
    return None if seed is None else torch.Generator(device).manual_seed(seed)


def first_globally(device, seed):
    """What the global random states give first when they are seeded."""
    torch.manual_seed(seed)
    return next_globally(device)


def next_globally(device):
    return {"what torch.rand gives afterwards": (torch.rand(4), torch.rand(4, device=device))}


def row_numbers(shuffled):
    return shuffled[1].flatten().long()


def orders(shuffles):
    """How many orders of the rows came."""
    return len({tuple(row_numbers(each).tolist()) for each in shuffles})


@forall(ranges(), size=SIZES, dtype=DTYPES, seed=SEEDS)
def test_lies_between_low_and_high(impl, low, high, size, dtype, seed, device):
    """uniform has the size, dtype and device asked for, and lies between low and high."""
    generator = source(device, seed)
    values = impl.uniform(low, high, size, generator=generator, dtype=dtype, device=device)
    assert_same(torch.zeros_like(values), torch.zeros(size, dtype=dtype, device=device))
    assert not values.requires_grad, "The result must not require grad."
    rounding = 2 * torch.finfo(dtype).eps * max(abs(low), abs(high))
    below, above = values < low - rounding, values > high + rounding
    assert not below.any(), f"There are values below low, which is {low}."
    assert not above.any(), f"There are values above high, which is {high}."
    return below, above


@forall(ranges(narrowest=0.5), seed=SEEDS, examples=12)
def test_fills_the_range_evenly(impl, low, high, seed, device):
    """The values of uniform reach from low to high, and each quarter has as many as the next."""
    generator = source(device, seed)
    values = impl.uniform(low, high, (MANY // 10, 10), generator=generator, device=device)
    width = high - low
    eighths = [round((edge.item() - low) / width * 8) for edge in values.aminmax()]
    edges = [low + width * eighth / 8 for eighth in eighths]
    assert_same({"smallest": edges[0], "largest": edges[1]}, {"smallest": low, "largest": high})
    differ = values.unique().numel() > MANY // 2
    assert differ, "Values come again and again: draw each by itself."
    even = []
    for quarter in range(4):
        start = low + width * quarter / 4
        inside = ((values >= start) & (values < start + width / 4)).sum().item()
        even.append(0.15 < inside / MANY < 0.35)
        assert even[-1], (
            f"{inside} of {MANY} values lie from {start} to {start + width / 4}, a quarter of "
            "the range: it should be about 250."
        )
    return differ, even


@forall(ranges(narrowest=0.5), seed=st.integers(0, 9), examples=10)
def test_uniform_draws_from_the_generator(impl, low, high, seed, device):
    """uniform draws from the generator that it is given, and from nothing else."""
    torch.manual_seed(99)
    generator = source(device, seed)
    first, second = (
        impl.uniform(low=low, high=high, size=(8,), generator=generator, device=device)
        for _ in range(2)
    )
    assert_same(next_globally(device), first_globally(device, 99))
    again = impl.uniform(low, high, (8,), generator=source(device, seed), device=device)
    assert torch.equal(again, first), "Another generator with the same seed gives other values."
    assert not torch.equal(first, second), "Two calls with one generator give the same values."
    return again - first, first == second


@forall(ranges(narrowest=0.5), seed=st.integers(0, 9), examples=10)
def test_uniform_follows_the_global_seed(impl, low, high, seed, device):
    """Without a generator, uniform draws from torch's global random state."""
    torch.manual_seed(seed)
    first, second = (impl.uniform(low, high, (8,), device=device) for _ in range(2))
    torch.manual_seed(seed)
    again = impl.uniform(low, high, (8,), device=device)
    assert torch.equal(again, first), "The same global seed gives other values."
    assert not torch.equal(first, second), "Two calls in a row give the same values."
    return again - first, first == second


@forall(
    pairs(),
    seed=SEEDS,
    strata=st.telling_dtypes(lambda dtype: pairs(min_rows=1, dtype=dtype)),
)
def test_keeps_the_pairs(impl, x, y, seed, device):
    """shuffle_together gives every row once, and a row of y beside its own row of x."""
    shuffled = impl.shuffle_together(x=x, y=y, generator=source(device, seed))
    assert isinstance(shuffled, tuple), "shuffle_together must return a tuple."
    shuffled_x, shuffled_y = shuffled
    assert_same(
        [torch.zeros_like(each) for each in (shuffled_x, shuffled_y)],
        [torch.zeros_like(each) for each in (x, y)],
    )
    order = row_numbers(shuffled)
    assert_same(order.sort().values, torch.arange(len(x), device=x.device))
    assert torch.equal(shuffled_x, x[order]), (
        "The pairs have parted: a row of y is beside another row of x than before."
    )
    return shuffled_x[order.argsort()]


@forall(pairs(min_rows=3), examples=1)
def test_any_order_can_come(impl, x, y, device):
    """Each order of the rows is as likely as any other."""
    x, y = x[:3], y[:3]
    found = []
    for generator in (None, source(device, 0)):
        shuffles = (impl.shuffle_together(x, y, generator=generator) for _ in range(SHUFFLES))
        seen = Counter(tuple(row_numbers(each).tolist()) for each in shuffles)
        assert len(seen) == 6, f"{SHUFFLES} shuffles of 3 rows gave {len(seen)} of the 6 orders."
        as_often = {order: FEWEST <= count <= MOST for order, count in sorted(seen.items())}
        for order, count in seen.items():
            assert as_often[order], (
                f"The order {order} came {count} times in {SHUFFLES}: it should be about 100."
            )
        found.append(as_often)
    return found


@forall(pairs(min_rows=7), seed=st.integers(0, 9), examples=10)
def test_shuffles_by_the_generator(impl, x, y, seed, device):
    """shuffle_together draws from the generator that it is given, and from nothing else."""
    torch.manual_seed(99)
    generator = source(device, seed)
    calls = [impl.shuffle_together(x, y, generator=generator) for _ in range(4)]
    assert_same(next_globally(device), first_globally(device, 99))
    again = impl.shuffle_together(x, y, generator=source(device, seed))
    assert torch.equal(row_numbers(again), row_numbers(calls[0])), (
        "Another generator with the same seed gives another order."
    )
    assert any(not torch.equal(each[1], calls[0][1]) for each in calls), (
        "Four calls with one generator give the same order."
    )
    return row_numbers(again) - row_numbers(calls[0]), orders(calls) > 1


@forall(pairs(min_rows=7), seed=st.integers(0, 9), examples=10)
def test_shuffling_follows_the_global_seed(impl, x, y, seed):
    """Without a generator, shuffle_together draws from torch's global random state."""
    torch.manual_seed(seed)
    calls = [impl.shuffle_together(x, y) for _ in range(4)]
    torch.manual_seed(seed)
    again = impl.shuffle_together(x, y)
    assert torch.equal(row_numbers(again), row_numbers(calls[0])), (
        "The same global seed gives another order."
    )
    assert any(not torch.equal(each[1], calls[0][1]) for each in calls), (
        "Four calls in a row give the same order."
    )
    return row_numbers(again) - row_numbers(calls[0]), orders(calls) > 1


@misconception(
    of="uniform",
    says="[0, 1) times high has the width of high. The range is as wide as the way from low to "
    "high.",
)
def scales_by_high(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + high * torch.rand(size, generator=generator, dtype=dtype, device=device)


@misconception(of="uniform", says="The range has the right width, but begins at 0 and not at low.")
def forgets_to_shift(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return (high - low) * torch.rand(size, generator=generator, dtype=dtype, device=device)


@misconception(
    of="uniform",
    says="randn draws from a bell curve without bounds. Even chances between bounds are rand's.",
)
def draws_from_a_bell_curve(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    unit = torch.randn(size, generator=generator, dtype=dtype, device=device)
    return low + (high - low) * unit


@misconception(
    of="uniform",
    says="torch.manual_seed and torch.rand use the global random state, which everybody shares. "
    "What draws here must draw from the generator itself.",
)
def seeds_the_global_state(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    if generator is not None:
        torch.manual_seed(generator.initial_seed())
    return low + (high - low) * torch.rand(size, dtype=dtype, device=device)


@misconception(of="uniform", says="The argument generator is never used.")
def ignores_the_generator(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, dtype=dtype, device=device)


@misconception(
    of="uniform",
    says="A generator that is made anew at each call begins anew, and gives the same numbers every "
    "time. Without a generator, torch has a global one.",
)
def makes_a_generator(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    if generator is None:
        generator = torch.Generator(device)
    unit = torch.rand(size, generator=generator, dtype=dtype, device=device)
    return low + (high - low) * unit


@misconception(
    of="uniform", says="rand makes float32 unless you say otherwise: the argument dtype is unused."
)
def ignores_the_dtype(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, device=device)


@misconception(
    of="uniform",
    says="A new tensor lies on the CPU unless you say otherwise: the argument device is unused.",
)
def ignores_the_device(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return low + (high - low) * torch.rand(size, generator=generator, dtype=dtype)


@misconception(
    of="shuffle_together",
    says="Two permutations are two orders: the rows of x and y part. Draw one, and use it twice.",
)
def draws_two_permutations(x, y, *, generator=None):
    first, second = (torch.randperm(len(x), generator=generator, device=x.device) for _ in range(2))
    return x[first], y[second]


@misconception(
    of="shuffle_together",
    says="randint draws each row number by itself: some rows come twice, others never. A "
    "permutation has each once.",
)
def draws_with_replacement(x, y, *, generator=None):
    if len(x) == 0:
        return x, y
    order = torch.randint(len(x), (len(x),), generator=generator, device=x.device)
    return x[order], y[order]


@misconception(of="shuffle_together", says="The argument generator is never used.")
def shuffles_without_the_generator(x, y, *, generator=None):
    order = torch.randperm(len(x), device=x.device)
    return x[order], y[order]


@misconception(
    of="shuffle_together",
    says="Starting at a random row keeps the rows' order round the circle: most orders never come.",
)
def rolls_the_rows(x, y, *, generator=None):
    start = int(torch.randint(max(len(x), 1), (), generator=generator, device=x.device))
    return x.roll(start, 0), y.roll(start, 0)
